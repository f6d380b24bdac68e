import { tryToParseDateTime, type IDataObject, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import type { GraphField } from '../../../meta/reading/fields';
import { tidy } from '../../../meta/reading/tidy';
import type { RunContext } from '../define';

const LOGIN = { facebook: 'Facebook Login', instagram: 'Instagram Login' };

const labelOf = (name: string): string =>
	name
		.split('_')
		.map((word) => ({ id: 'ID', ig: 'IG', url: 'URL', ai: 'AI' })[word] ?? word[0].toUpperCase() + word.slice(1))
		.join(' ');

const optionOf = ({ name, description, only }: GraphField): INodePropertyOptions => ({
	name: labelOf(name),
	value: name,
	description: only ? `${description}. ${LOGIN[only]} only.` : description,
});

/** The choice of fields to read. */
export function fieldsField(table: GraphField[]): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: table.map(optionOf).sort((a, b) => a.name.localeCompare(b.name)),
		default: [],
		hint: 'The usual fields when none is chosen',
		description: 'Fields to read besides the ID; the usual ones when none is chosen',
	};
}

/** Fields that a call asks for: as Meta reads them, and by their plain names. */
export type Chosen = { query: string; names: string[] };

/** An expression may give a text with commas for a field of several values. */
export function asNames(value: unknown): string[] {
	return (Array.isArray(value) ? value : String(value ?? '').split(','))
		.map((name) => String(name).trim())
		.filter((name) => name !== '');
}

/**
 * The fields that the operator chose, or the usual ones of this login.
 * @param name of the node's field that holds the choice
 * @throws what `fail` makes for a field that Meta does not offer here
 */
export function chosenFields({ connection, fail, param }: RunContext, table: GraphField[], name = 'fields'): Chosen {
	const login = connection.kind === 'instagram' ? 'instagram' : 'facebook';
	const offered = table.filter(({ only }) => !only || only === login);
	const wanted = asNames(param<unknown>(name, [])).filter((one) => one !== 'id');
	const chosen = wanted.map((one) => {
		const known = offered.find((field) => field.name === one);
		if (known) return known;
		const elsewhere = table.some((field) => field.name === one);
		throw fail(
			`Meta does not offer the field "${one}" ${elsewhere ? `with ${LOGIN[login]}` : 'here'}`,
			`Remove it from Fields. These can be read: ${offered.map((field) => field.name).join(', ')}.`,
		);
	});
	const fields = chosen.length > 0 ? chosen : offered.filter(({ isUsual }) => isUsual);
	return {
		query: ['id', ...fields.map((field) => field.read ?? field.name)].join(','),
		names: ['id', ...fields.map((field) => field.name)],
	};
}

/** Objects of Meta as Simplify says: tidied with all columns, or as they came. */
export function shown({ param }: Pick<RunContext, 'param'>, nodes: IDataObject[], names: string[] = []): IDataObject[] {
	return param('simplify', true) ? nodes.map((node) => tidy(node, names)) : nodes;
}

/**
 * A point in time as the operator gave it, in seconds since 1970; `undefined` when the field is empty. A time without a
 * zone is one of the workflow's.
 * @throws what `fail` makes when it cannot be read
 */
export function secondsOf({ fail, n8n }: RunContext, label: string, value: unknown): number | undefined {
	const given = typeof value === 'object' ? value : String(value ?? '').trim();
	if (given === null || given === '') return undefined;
	// Unix times: seconds stay below this until the year 5138.
	if (/^\d{9,}$/.test(String(given))) return Math.floor(Number(given) < 1e11 ? Number(given) : Number(given) / 1000);
	try {
		return Math.floor(tryToParseDateTime(given, n8n.getTimezone()).toSeconds());
	} catch {
		throw fail(
			`"${label}" is no point in time: ${JSON.stringify(given)}`,
			'Pick a date, or give one like 2026-11-21T10:15:00.',
		);
	}
}

/** Options that limit a list of posts to a time. */
export const publishedRange: INodeProperties[] = [
	{
		displayName: 'Published After',
		name: 'since',
		type: 'dateTime',
		default: '',
		description: 'Only posts that were published at this time or later',
	},
	{
		displayName: 'Published Before',
		name: 'until',
		type: 'dateTime',
		default: '',
		description: 'Only posts that were published at this time or earlier',
	},
];

/** The chosen time as parameters of Meta. */
export function rangeOf(ctx: RunContext): IDataObject {
	const { since, until } = ctx.param<{ since?: unknown; until?: unknown }>('options', {});
	const from = secondsOf(ctx, 'Published After', since);
	const to = secondsOf(ctx, 'Published Before', until);
	if (from !== undefined && to !== undefined && from > to)
		throw ctx.fail('"Published After" is later than "Published Before"', 'Swap the two times.');
	return { ...(from === undefined ? {} : { since: from }), ...(to === undefined ? {} : { until: to }) };
}

/** The collection Options, with these in it. */
export function optionsField(...options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}
