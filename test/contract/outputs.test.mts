import '../support/quickTime.mts';
import { RAW_KEYS, schemaOf, schemaPath, schemaText, WITHOUT_SCHEMA, withSchema } from '../../tools/docs/schema.mts';
import { resources } from '../../nodes/Instagram/operations/index.ts';
import { outputOf } from '../outputs/outputs.mts';
import { readJson, readText, sourcesIn } from '../support/sources.mts';

const operations = withSchema(resources);
const rawKeys = readJson<Record<string, string[]>>(RAW_KEYS);

describe('the output of every operation, as n8n shows it before a node has run', () => {
	it.each(operations.map(([resource, operation]) => [resource, operation.value, operation] as const))(
		'is that of %s: %s, by a fresh run at the sandbox; if it should change, run "npm run outputs"',
		async (resource, value, operation) => {
			const fresh = await outputOf(resource, operation);
			expect(schemaText(fresh.schema)).toBe(readText(schemaPath(resource, value)));
			expect(fresh.rawKeys).toEqual(rawKeys[`${resource}/${value}`]);
		},
	);

	it('is known but for a few that are named, and of nothing else', () => {
		const all = resources.flatMap(({ value, operations: own }) =>
			own.map((operation) => `${value}/${operation.value}`),
		);
		expect(Object.keys(WITHOUT_SCHEMA).filter((name) => !all.includes(name))).toEqual([]);
		expect(
			sourcesIn('nodes/Instagram/__schema__', '')
				.map(({ path }) => path)
				.sort(),
		).toEqual(operations.map(([resource, { value }]) => schemaPath(resource, value)).sort());
	});
});

describe('a schema', () => {
	it('has the types and keys of all items, in their order, and none of their values', () => {
		const items = [
			{ id: '1', count: 1, ok: true, none: null, who: null, list: [], mixed: 1, texts: [] },
			{
				id: '2',
				count: null,
				ok: false,
				none: null,
				who: { id: '3' },
				list: [{ a: 1 }, { b: 'x' }],
				mixed: 'x',
				texts: ['x'],
				more: { x: [[1]] },
			},
		];
		expect(JSON.stringify(schemaOf(items).properties)).toBe(
			JSON.stringify({
				id: { type: 'string' },
				count: { type: 'number', nullable: true },
				ok: { type: 'boolean' },
				none: { type: 'null' },
				who: { type: 'object', properties: { id: { type: 'string' } }, nullable: true },
				list: {
					type: 'array',
					items: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'string' } } },
				},
				mixed: { type: ['number', 'string'] },
				texts: { type: 'array', items: { type: 'string' } },
				more: {
					type: 'object',
					properties: { x: { type: 'array', items: { type: 'array', items: { type: 'number' } } } },
				},
			}),
		);
		expect(schemaOf([{ list: [] }])).toEqual({ type: 'object', properties: { list: { type: 'array' } } });
	});

	it('changes with any key that comes, goes, moves or changes its type', () => {
		const texts = [
			{ a: 1, b: 'x' },
			{ a: 1 },
			{ a: 1, b: 'x', c: 1 },
			{ b: 'x', a: 1 },
			{ a: '1', b: 'x' },
			{ a: 1, b: null },
		].map((item) => schemaText(schemaOf([item])));
		expect(new Set(texts).size).toBe(texts.length);
		expect(schemaText(schemaOf([{ a: 1 }]))).toBe(schemaText(schemaOf([{ a: 2 }, { a: 3 }])));
	});
});
