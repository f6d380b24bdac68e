import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { parameterOf } from '../../../nodes/Instagram/operations/parameters';

/** n8n's side for a node with these fields; each evaluation of an expression gives something else. */
function n8nWith(parameters: INodeParameters) {
	const asked: string[] = [];
	const n8n = {
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			asked.push(`${name} ${itemIndex}`);
			if (!(name in parameters)) return fallback;
			return JSON.stringify(parameters[name]).includes('"=') ? `evaluation ${asked.length}` : parameters[name];
		},
	} as unknown as IExecuteFunctions;
	return { n8n, asked };
}

describe('parameters of an item', () => {
	it.each([
		['a text', '={{ $json.text }}'],
		['a resource locator', { __rl: true, mode: 'id', value: '={{ $json.to }}' }],
		['a collection', { values: [{ title: 'Yes' }, { title: '={{ $json.title }}' }] }],
	])('an expression in %s is evaluated once for each item', (_name, field) => {
		const { n8n, asked } = n8nWith({ field });
		const first = parameterOf(n8n, 'field', 0, '');
		const second = parameterOf(n8n, 'field', 1, '');
		expect(second).not.toBe(first);
		expect([parameterOf(n8n, 'field', 0), parameterOf(n8n, 'field', 1, null)]).toEqual([first, second]);
		expect(asked).toEqual(['field 0', 'field 1']);
	});

	it('another run of the node evaluates again', () => {
		const parameters = { field: '={{ $json.text }}' };
		for (const { n8n, asked } of [n8nWith(parameters), n8nWith(parameters)]) {
			parameterOf(n8n, 'field', 0);
			expect(asked).toHaveLength(1);
		}
	});

	it('what the workflow lacks is each time what the caller falls back to', () => {
		const { n8n } = n8nWith({});
		expect([parameterOf(n8n, 'limit', 0, 50), parameterOf(n8n, 'limit', 0, 10)]).toEqual([50, 10]);
	});
});
