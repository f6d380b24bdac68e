import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/** Fields whose name says everything. */
const SELF_EVIDENT = new Set(['Authentication', 'Conversation', 'Operation', 'Resource', 'Setup']);
/** Lists with an order of their own: what is recommended comes first. */
const ORDERED = new Set(['authentication']);

const twice = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);
const optionsOf = (field: INodeProperties) =>
	field.type === 'options' || field.type === 'multiOptions' ? ((field.options ?? []) as INodePropertyOptions[]) : [];
const shownFor = (field: INodeProperties, key: string) => (field.displayOptions?.show?.[key] ?? []) as string[];

function fieldFaults(field: INodeProperties, where: string): string[] {
	const at = `${where}${field.name}`;
	const options = optionsOf(field);
	const names = options.map(({ name }) => name);
	const values = options.map(({ value }) => String(value));
	const defaults =
		field.type === 'options'
			? [String(field.default)]
			: field.type === 'multiOptions'
				? (field.default as string[])
				: [];
	const nested = field.type === 'collection' ? (field.options as INodeProperties[]) : [];
	const order = field.type === 'collection' ? nested.map(({ displayName }) => displayName) : names;
	const sorted = [...order].sort((a, b) => a.localeCompare(b));
	const empty = (field.default as { value?: unknown })?.value ?? field.default;
	return [
		...twice(values).map((value) => `${at}: "${value}" twice`),
		...(options.length > 0
			? defaults.filter((value) => !values.includes(value)).map((value) => `${at}: default "${value}" is no option`)
			: []),
		...(ORDERED.has(field.name) || order.join() === sorted.join() ? [] : [`${at}: options not in alphabetical order`]),
		...(field.description ||
		field.type === 'notice' ||
		field.type === 'collection' ||
		SELF_EVIDENT.has(field.displayName)
			? []
			: [`${at}: no description`]),
		...(field.type === 'boolean' && !field.description?.startsWith('Whether')
			? [`${at}: a switch begins with "Whether"`]
			: []),
		...(field.required && !options.length && empty !== '' ? [`${at}: required, but filled in from the start`] : []),
		...nested.flatMap((inner) => fieldFaults(inner, `${at}.`)),
	];
}

/** What is wrong with the description of a node, as far as n8n's lint cannot see it in generated fields. */
export function descriptionFaults({ properties }: Pick<INodeTypeDescription, 'properties'>): string[] {
	const selectors = properties.filter(({ name }) => name === 'resource' || name === 'operation');
	const resources = properties
		.filter(({ name }) => name === 'resource')
		.flatMap(optionsOf)
		.map(({ value }) => String(value));
	const operations = (resource: string) =>
		selectors
			.filter((field) => field.name === 'operation' && shownFor(field, 'resource').includes(resource))
			.flatMap(optionsOf);
	const places = properties.flatMap((field) =>
		shownFor(field, 'resource').flatMap((resource) =>
			field.name === 'operation'
				? [`${resource}/operation`]
				: shownFor(field, 'operation').map((operation) => `${resource}/${operation}/${field.name}`),
		),
	);
	return [
		...properties.flatMap((field) => fieldFaults(field, '')),
		...selectors.filter(({ noDataExpression }) => !noDataExpression).map(({ name }) => `${name}: takes expressions`),
		...twice(places).map((place) => `${place} twice`),
		...resources
			.filter((resource) => operations(resource).length === 0)
			.map((resource) => `${resource}: no operations`),
		...resources.flatMap((resource) =>
			operations(resource)
				.filter(({ action, description }) => !action || !description)
				.map(({ value }) => `${resource}/${String(value)}: no action or description`),
		),
		...places
			.filter((place) => {
				const [resource, operation, field] = place.split('/');
				return (
					!resources.includes(resource) ||
					(field !== undefined && !operations(resource).some(({ value }) => value === operation))
				);
			})
			.map((place) => `${place}: shown where nothing is`),
	];
}

/** Texts anywhere in a value that n8n would take for expressions. */
export function expressionsIn(value: unknown): string[] {
	return typeof value === 'string'
		? [value].filter((text) => text.startsWith('=') || text.includes('{{'))
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(expressionsIn)
			: [];
}
