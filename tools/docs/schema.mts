/** A JSON schema as n8n's editor reads it: it knows one type per key, so that what can be null as well is `nullable`. */
export type Schema = {
	type: string | string[];
	nullable?: true;
	properties?: Record<string, Schema>;
	items?: Schema;
};

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function withParts(type: string, values: unknown[]): Schema {
	if (type === 'array') {
		const elements = (values as unknown[][]).flat();
		return elements.length > 0 ? { type, items: schemaOf(elements) } : { type };
	}
	if (type !== 'object') return { type };
	const objects = values as Array<Record<string, unknown>>;
	const keys = [...new Set(objects.flatMap((one) => Object.keys(one)))];
	return {
		type,
		properties: Object.fromEntries(
			keys.map((key) => [key, schemaOf(objects.filter((one) => key in one).map((one) => one[key]))]),
		),
	};
}

/** What all these JSON values have in common: their types and keys, in the order in which they come; no value of theirs. */
export function schemaOf(values: unknown[]): Schema {
	const types = [...new Set(values.map(kindOf))].filter((type) => type !== 'null');
	if (types.length === 0) return { type: 'null' };
	const known = values.filter((value) => value !== null);
	const schema = types.length === 1 ? withParts(types[0], known) : { type: types };
	return known.length < values.length ? { ...schema, nullable: true } : schema;
}

/** The content of a file in `__schema__`. n8n wants the number of its own revision in each. */
export function schemaText(schema: Schema): string {
	return `${JSON.stringify({ ...schema, version: 1 }, null, '\t')}\n`;
}

/** Where n8n looks for the output of an operation: beside the node, below the node's version with all its parts. */
export function schemaPath(resource: string, operation: string): string {
	return `nodes/Instagram/__schema__/v1.0.0/${resource}/${operation}.json`;
}

/** Operations without a schema, as `resource/operation`, and what they put out instead. */
export const WITHOUT_SCHEMA: Record<string, string> = {
	'webhook/removeDuplicates': 'the item that came in, with its files',
};

type Owner<T> = { value: string; operations: T[] };

/** All operations that have a schema, with their resource. */
export function withSchema<T extends { value: string }>(
	resources: Array<Owner<T>>,
): Array<[resource: string, operation: T]> {
	return resources
		.flatMap(({ value, operations }) => operations.map((one): [string, T] => [value, one]))
		.filter(([resource, one]) => !(`${resource}/${one.value}` in WITHOUT_SCHEMA));
}

/** What Simplify leaves of Meta's objects is in the schemas; these are the keys of the objects themselves, as `resource/operation`. */
export const RAW_KEYS = 'tools/docs/rawKeys.json';

/** Schemas and raw keys by `resource/operation`. */
export type Outputs = { schemas: ReadonlyMap<string, Schema>; rawKeys: Record<string, string[] | undefined> };

/**
 * The outputs that were written last.
 * @param read gives the text of a file of the repository
 */
export function readOutputs(resources: Array<Owner<{ value: string }>>, read: (path: string) => string): Outputs {
	return {
		schemas: new Map(
			withSchema(resources).map(([resource, { value }]) => [
				`${resource}/${value}`,
				JSON.parse(read(schemaPath(resource, value))) as Schema,
			]),
		),
		rawKeys: JSON.parse(read(RAW_KEYS)) as Record<string, string[]>,
	};
}
