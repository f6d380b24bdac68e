import { unknownField, invalidParam } from './errors.mts';
import type { Login } from '../../world/app.mts';
import type { Call } from './call.mts';
import type { FieldRequest } from './fields.mts';
import type { NodeKinds } from './kinds.mts';
import { needScopes } from './tasks.mts';

/** Beside the object: the call, and what was asked about this one field. */
type FieldScope = {
	call: Call;
	args: Record<string, string>;
	children?: FieldRequest[];
};

/** How one field is read; a bare function reads a plain value. */
export type FieldReader<T> = (object: T, scope: FieldScope) => unknown;
export type FieldRule<T> = {
	read: FieldReader<T>;
	/** Takes the sub-fields in braces itself; other objects are narrowed down to them. */
	nested?: boolean;
	/** Permissions that this field needs beyond those of the node. */
	scopes?: string[];
};

/** A kind of node: its Meta name, the fields without `fields`, and every known field. */
export type NodeType<T> = {
	name: string;
	/** The kind of node whose edges can be asked for as fields. */
	on?: keyof NodeKinds;
	defaults: string[];
	fields: Record<string, FieldReader<T> | FieldRule<T>>;
	/** Fields that one login does not have. */
	without?: Partial<Record<Login, string[]>>;
};

const asRequests = (names: string[]): FieldRequest[] => names.map((name) => ({ name, args: {} }));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Narrow an object, a list, or a list in `data` down to sub-fields; `id` stays. Undefined of a plain value. */
const narrow = (value: unknown, children: FieldRequest[]): unknown => {
	if (Array.isArray(value)) return value.map((one) => narrow(one, children));
	if (!isObject(value)) return undefined;
	if (Array.isArray(value.data)) return { ...value, data: narrow(value.data, children) };
	const kept = [{ name: 'id', args: {} } as FieldRequest, ...children].filter(({ name }) => name in value);
	return Object.fromEntries(
		kept.map(({ name, children: below }) => [name, below ? narrow(value[name], below) : value[name]]),
	);
};

const isEmptyList = (value: unknown): boolean =>
	isObject(value) && Array.isArray(value.data) && value.data.length === 0;

const readField = async <T,>(type: NodeType<T>, object: T, request: FieldRequest, call: Call): Promise<unknown> => {
	const { name, args, children } = request;
	if (!Object.hasOwn(type.fields, name)) {
		const edge = type.on && call.readEdge?.(type.on, object as { id?: string }, request);
		if (!edge) throw unknownField(name, type.name);
		const list = await edge;
		return isEmptyList(list) ? undefined : list;
	}
	if (type.without?.[call.login]?.includes(name)) throw unknownField(name, type.name);
	const entry = type.fields[name];
	const rule: FieldRule<T> = typeof entry === 'function' ? { read: entry } : entry;
	needScopes(call, rule.scopes);
	const value = await rule.read(object, { call, args, children });
	if (!children || rule.nested || value === undefined || value === null) return value;
	const narrowed = narrow(value, children);
	if (narrowed === undefined) throw invalidParam(`Field ${name} of ${type.name} has no subfields`);
	return narrowed;
};

/**
 * Read the requested fields of an object; an edge of it is a field, too, as field expansion has it. Unknown fields throw code 100; empty ones are left out;
 * `id` always comes with the answer, as in the Graph API.
 * @see https://developers.facebook.com/docs/graph-api/guides/field-expansion
 */
export async function selectNode<T>(
	type: NodeType<T>,
	object: T,
	requests: FieldRequest[] | undefined,
	call: Call,
): Promise<Record<string, unknown>> {
	const result: Record<string, unknown> = {};
	for (const request of requests ?? asRequests(type.defaults)) {
		const value = await readField(type, object, request, call);
		if (value !== undefined && value !== null) result[request.name] = value;
	}
	if (Object.hasOwn(type.fields, 'id') && !('id' in result)) {
		const id = type.fields.id;
		if (typeof id === 'function') result.id = id(object, { call, args: {} });
	}
	return result;
}
