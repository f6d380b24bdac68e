import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

const DEFAULT_SECONDS = 90;

/** Stands in the Options of every operation that waits. */
const rateLimitWait: INodeProperties = {
	displayName: 'Wait When Rate Limited',
	name: 'rateLimitWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_SECONDS,
	hint: 'In seconds',
	description:
		'Seconds that an item waits at most when Meta refuses calls because there were too many; it is then carried out. If Meta asks for more, or with 0, the item fails at once, and what Meta refused was not sent.',
};

/** Adds the wait to the Options of an operation, which gets some if it has none. */
export function withRateLimitWait(fields: INodeProperties[]): INodeProperties[] {
	const hasOptions = fields.some(({ name }) => name === 'options');
	const none: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [],
	};
	return (hasOptions ? fields : [...fields, none]).map((field) => {
		if (field.name !== 'options') return field;
		const options = [...((field.options ?? []) as INodeProperties[]), rateLimitWait].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		);
		return { ...field, options };
	});
}

/** The wait that was chosen for an item, none of it used up. */
export function patienceOf(n8n: IExecuteFunctions, itemIndex: number): { leftMs: number; countedUntil: number } {
	const seconds = Number(n8n.getNodeParameter('options.rateLimitWait', itemIndex, DEFAULT_SECONDS));
	return { leftMs: Math.max(0, Number.isFinite(seconds) ? seconds : DEFAULT_SECONDS) * 1000, countedUntil: 0 };
}
