import { judge, renderCoverage } from '../../tools/docs/edgeReport.mts';
import { EDGES, type NodeEdges } from '../../tools/docs/edges.mts';
import { rehearse } from '../../tools/docs/rehearse.mts';
import { runContext } from '../../nodes/Instagram/operations/context.ts';
import { operation, resource } from '../../nodes/Instagram/operations/define.ts';
import { resources } from '../../nodes/Instagram/operations/index.ts';
import { readText } from '../support/sources.mts';

describe("Meta's edges", () => {
	it('are each called by an operation, or left out for a reason: run "npm run coverage"', async () => {
		const { nodes, faults } = judge(EDGES, await rehearse(resources, runContext));
		expect(faults).toEqual([]);
		expect(readText('docs/coverage.md')).toBe(renderCoverage(nodes));
	});

	it('are listed once', () => {
		for (const { node, edges } of EDGES) expect([node, edges.length]).toEqual([node, new Set(edges).size]);
	});

	const look = async (list: NodeEdges[]) => {
		const probe = operation({
			value: 'probe',
			name: 'Probe',
			action: 'Probe',
			description: 'Probes',
			fields: [{ displayName: 'Post', name: 'postId', type: 'string', required: true, default: '' }],
			run: async ({ account, graph, param }) => {
				await graph({
					method: 'GET',
					path: `/${account().id}/media`,
					query: { fields: 'business_discovery.username(x){id}' },
				});
				await graph({ method: 'DELETE', path: `/${param('postId')}` });
				return await graph({ method: 'GET', path: '/ig_audio' });
			},
		});
		const seen = await rehearse([resource('post', 'Post', { probe }, probe)], runContext);
		return { seen, ...judge(list, seen) };
	};

	it('are looked at closely enough to find what is wrong', async () => {
		const list: NodeEdges[] = [
			{
				node: 'IGUser',
				what: 'Account',
				edges: ['GET media', 'GET tags', 'GET stories'],
				leftOut: { 'GET media': 'Because', 'GET tags': 'Because', 'GET old': 'Gone' },
			},
			{ node: 'IGMedia', what: 'Post', edges: [], leftOut: {} },
		];
		const { nodes, faults, seen } = await look(list);
		expect([...seen.keys()]).toEqual([
			'GET IGUser/media',
			'GET IGUserForIGOnlyAPI/media',
			'DELETE IGMedia',
			'DELETE IGMediaForIGOnlyAPI',
			'GET Graph/ig_audio',
		]);
		expect(faults).toEqual([
			'GET IGUser/media is called by Post: Probe: take its reason out of docs/edges.mts',
			'GET IGUser/stories is called by no operation: add one, or a reason in docs/edges.mts',
			'GET IGUser/old has a reason in docs/edges.mts, but is no edge there',
			'DELETE IGMedia is called by Post: Probe, but is not in docs/edges.mts',
		]);
		expect(nodes[0].covered).toEqual([{ edge: 'GET media', by: ['Post: Probe'] }]);
	});
});
