import { unknownField, invalidParam } from './errors.mts';
import type { Login } from '../../world/app.mts';
import type { Call } from './call.mts';
import type { FieldRequest } from './fields.mts';
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
	/** Takes sub-fields in braces. */
	nested?: boolean;
	/** Permissions that this field needs beyond those of the node. */
	scopes?: string[];
};

/** A kind of node: its Meta name, the fields without `fields`, and every known field. */
export type NodeType<T> = {
	name: string;
	defaults: string[];
	fields: Record<string, FieldReader<T> | FieldRule<T>>;
	/** Fields that one login does not have. */
	without?: Partial<Record<Login, string[]>>;
};

const asRequests = (names: string[]): FieldRequest[] => names.map((name) => ({ name, args: {} }));

/**
 * Read the requested fields of an object. Unknown fields throw code 100; empty ones are left out;
 * `id` always comes with the answer, as in the Graph API.
 */
export async function selectNode<T>(
	type: NodeType<T>,
	object: T,
	requests: FieldRequest[] | undefined,
	call: Call,
): Promise<Record<string, unknown>> {
	const result: Record<string, unknown> = {};
	for (const { name, args, children } of requests ?? asRequests(type.defaults)) {
		if (!Object.hasOwn(type.fields, name) || type.without?.[call.login]?.includes(name))
			throw unknownField(name, type.name);
		const entry = type.fields[name];
		const rule: FieldRule<T> = typeof entry === 'function' ? { read: entry } : entry;
		if (children && !rule.nested) throw invalidParam(`Field ${name} of ${type.name} has no subfields`);
		needScopes(call, rule.scopes);
		const value = await rule.read(object, { call, args, children });
		if (value !== undefined && value !== null) result[name] = value;
	}
	if (Object.hasOwn(type.fields, 'id') && !('id' in result)) {
		const id = type.fields.id;
		if (typeof id === 'function') result.id = id(object, { call, args: {} });
	}
	return result;
}
