import type { IDataObject } from 'n8n-workflow';
import { judge, renderCoverage } from '../../tools/docs/edgeReport.mts';
import { EDGES, type NodeEdges } from '../../tools/docs/edges.mts';
import { rehearse } from '../../tools/docs/rehearse.mts';
import { runContext } from '../../nodes/Instagram/operations/context.ts';
import { operation, resource, type RunContext } from '../../nodes/Instagram/operations/define.ts';
import { graphPath } from '../../nodes/meta/graph/path.ts';
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
					path: graphPath`/${account().id}/media`,
					query: { fields: 'business_discovery.username(x){id}' },
				});
				await graph({ method: 'DELETE', path: graphPath`/${param('postId')}` });
				return await graph({ method: 'GET', path: graphPath`/ig_audio` });
			},
		});
		const rehearsal = await rehearse([resource('post', 'Post', { probe }, probe)], runContext);
		return { seen: rehearsal.seen, ...judge(list, rehearsal) };
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
			'GET IGUser/media is called by Post: Probe: take its reason out of tools/docs/edges.mts',
			'GET IGUser/stories is called by no operation: add one, or a reason in tools/docs/edges.mts',
			'GET IGUser/old has a reason in tools/docs/edges.mts, but is no edge there',
			'GET IGUserForIGOnlyAPI/media is called by Post: Probe, but tools/docs/edges.mts has no node IGUserForIGOnlyAPI',
			'DELETE IGMedia is called by Post: Probe, but is not in tools/docs/edges.mts',
			'DELETE IGMediaForIGOnlyAPI is called by Post: Probe, but tools/docs/edges.mts has no node IGMediaForIGOnlyAPI',
			'GET Graph/ig_audio is called by Post: Probe, but tools/docs/edges.mts has no node Graph',
		]);
		expect(nodes[0].covered).toEqual([{ edge: 'GET media', by: ['Post: Probe'] }]);
	});

	/** What is said about an operation that the table and the rehearsal do not know, beside the real list of edges. */
	const faultsOf = async (field: string, run: (ctx: RunContext) => Promise<IDataObject>) => {
		const planted = operation({
			value: 'get',
			name: 'Get',
			action: 'Get',
			description: 'Gets',
			fields: [{ displayName: 'ID', name: field, type: 'string', required: true, default: '' }],
			run,
		});
		const { faults } = judge(
			EDGES,
			await rehearse([resource('hashtag', 'Hashtag', { get: planted }, planted)], runContext),
		);
		return faults.filter((fault) => fault.includes('Hashtag: Get'));
	};
	const getNode =
		(field: string) =>
		async ({ graph, param }: RunContext) =>
			await graph({ method: 'GET', path: graphPath`/${param(field)}`, query: { fields: 'id,name' } });

	it('are not called behind the back of a left-out one', async () => {
		expect(await faultsOf('hashtag', getNode('hashtag'))).toEqual([
			'GET ShadowIGHashtag is called by Hashtag: Get: take its reason out of tools/docs/edges.mts',
		]);
	});

	it('are not hidden by an ID field that the rehearsal does not know', async () => {
		expect(await faultsOf('tagId', getNode('tagId'))).toEqual([
			'Hashtag: Get has the field "tagId": say in tools/docs/kinds.mts which kind of object it names',
			'Hashtag: Get calls GET /<tagId>, and nothing tells which kind of object that is: see tools/docs/kinds.mts',
		]);
	});

	it('belong to a node that the table knows', async () => {
		expect(await faultsOf('productId', getNode('productId'))).toEqual([
			'GET ProductItem is called by Hashtag: Get, but tools/docs/edges.mts has no node ProductItem',
		]);
		expect(await faultsOf('tag', getNode('tag'))).toEqual([
			'Hashtag: Get calls GET /Sample, and nothing tells which kind of object that is: see tools/docs/kinds.mts',
		]);
		expect(
			await faultsOf('tag', async ({ graph }) => await graph({ method: 'GET', path: graphPath`/ig_video` })),
		).toEqual(['GET Graph/ig_video is called by Hashtag: Get, but is not in tools/docs/edges.mts']);
		expect(await faultsOf('tag', async ({ graph }) => await graph({ method: 'GET', path: graphPath`/` }))).toEqual([
			'Hashtag: Get calls GET /, and nothing tells which kind of object that is: see tools/docs/kinds.mts',
		]);
	});

	it('are not reached by the ID of an answer whose kind nobody knows', async () => {
		const follow = async ({ account, graph }: RunContext) => {
			const { id } = await graph({ method: 'GET', path: graphPath`/${account().id}/surprises` });
			return await graph({ method: 'GET', path: graphPath`/${String(id)}` });
		};
		expect(await faultsOf('tag', follow)).toEqual([
			'Hashtag: Get calls GET /<id from GET surprises>, and nothing tells which kind of object that is: see tools/docs/kinds.mts',
			'GET IGUser/surprises is called by Hashtag: Get, but is not in tools/docs/edges.mts',
			'GET IGUserForIGOnlyAPI/surprises is called by Hashtag: Get, but is not in tools/docs/edges.mts',
		]);
	});

	it('are not passed over by an operation of which the rehearsal sees no call', async () => {
		expect(await faultsOf('tag', async () => ({}))).toEqual([
			'Hashtag: Get calls nothing in the rehearsal, so nobody knows where its calls go: see tools/docs/rehearse.mts',
		]);
	});
});
