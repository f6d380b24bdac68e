import type { Schema } from './schema.mts';

const WORDS: Record<string, string> = {
	string: 'text',
	number: 'number',
	boolean: 'true or false',
	null: 'null',
	array: 'list',
	object: 'object',
};

function typeOf({ type, nullable, items }: Schema): string {
	const word = [type]
		.flat()
		.map((one) => WORDS[one])
		.join(' or ');
	const of = items && typeof items.type === 'string' && !items.properties ? ` of ${WORDS[items.type]}` : '';
	return `${word}${of}${nullable ? ' or null' : ''}`;
}

/** Each key with its type; keys of objects stand behind a dot, keys of the objects of a list behind `[].`. */
function keyRows({ properties = {} }: Schema, prefix = ''): Array<[key: string, type: string]> {
	return Object.entries(properties).flatMap(([key, schema]) => {
		const path = `${prefix}${key}`;
		const inner = schema.items ? keyRows(schema.items, `${path}[].`) : keyRows(schema, `${path}.`);
		return [[path, typeOf(schema)] as [string, string], ...inner];
	});
}

/** Up to so many keys stand in one line, and so many rows stand open. */
const LINE = 5;
const OPEN = 15;

const inLine = (rows: Array<[string, string]>): string => rows.map(([key, type]) => `\`${key}\` (${type})`).join(', ');
const table = (rows: Array<[string, string]>): string =>
	['| key | type |', '| --- | --- |', ...rows.map(([key, type]) => `| \`${key}\` | ${type} |`)].join('\n');

function keys(schema: Schema): string {
	const rows = keyRows(schema);
	if (rows.length <= LINE) return `**Output:** ${inLine(rows)}.`;
	const rest = rows.slice(OPEN);
	const folded =
		rest.length > 0 ? `\n\n<details><summary>${rest.length} more keys</summary>\n\n${table(rest)}\n\n</details>` : '';
	return `**Output:**\n\n${table(rows.slice(0, OPEN))}${folded}`;
}

const raw = (names: string[]): string =>
	`With **Simplify** off: Meta's own objects, which have ${names.map((name) => `\`${name}\``).join(', ')}.`;

/** What an operation puts out, per item: the keys of `schema`, or what `instead` says where there is none; `rawKeys` come without Simplify. */
export function renderOutput(
	schema: Schema | undefined,
	instead: string | undefined,
	rawKeys: string[] | undefined,
): string {
	if (!schema && !instead)
		throw new Error('An operation has neither an output nor a word on what it puts out instead: run "npm run outputs"');
	const shown = schema ? keys(schema) : `**Output:** ${instead}.`;
	return `${shown}\n${rawKeys ? `\n${raw(rawKeys)}\n` : ''}`;
}
