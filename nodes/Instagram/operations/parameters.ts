import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';

/** Names of the fields that hold expressions, and what these gave so far. */
type Known = { dynamic: Set<string>; values: Map<string, unknown> };

/** n8n makes new functions for each run of the node: nothing outlives it. */
const runs = new WeakMap<IExecuteFunctions, Known>();

function isDynamic(field: NodeParameterValueType): boolean {
	if (typeof field === 'string') return field.startsWith('=');
	return typeof field === 'object' && field !== null && Object.values(field).some(isDynamic);
}

function knownOf(n8n: IExecuteFunctions): Known {
	const fields = Object.entries(n8n.getNode().parameters);
	return { dynamic: new Set(fields.filter(([, field]) => isDynamic(field)).map(([name]) => name)), values: new Map() };
}

/**
 * A parameter of the node for one item. An expression is evaluated once for each item: n8n needs half a millisecond for
 * it, several are asked for again and again, and they should not change.
 * @param fallback what a parameter is that the workflow does not have
 * @param extractValue `false` leaves resource locators as they are, and reads fields that are not shown, too
 * @throws Error when there is neither the parameter nor a fallback, or when its expression fails
 */
export function parameterOf<T = unknown>(
	n8n: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback?: unknown,
	extractValue = true,
): T {
	const read = () => n8n.getNodeParameter(name, itemIndex, fallback as object, { extractValue }) as T;
	const known = runs.get(n8n) ?? knownOf(n8n);
	runs.set(n8n, known);
	if (!known.dynamic.has(name)) return read();
	const { values } = known;
	const key = `${itemIndex}:${extractValue}:${name}`;
	if (!values.has(key)) values.set(key, read());
	return values.get(key) as T;
}
