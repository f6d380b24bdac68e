import type { Context } from '../../context/context.mts';
import type { Token } from '../../world/tokens.mts';
import type { App, Login } from '../../world/app.mts';
import type { Account } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import type { FieldRequest } from './fields.mts';
import type { NodeKinds } from './kinds.mts';
import type { Params, ParamTable } from './params.mts';
import { readParams } from './params.mts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** A Graph call on its way through the pipeline. */
export type Call = {
	context: Context;
	world: World;
	method: Method;
	host: string;
	/** Which login the host belongs to. */
	login: Login;
	/** The version that answers. */
	version: string;
	/** Path below the version, with a leading slash. */
	path: string;
	/** Parameters as sent. */
	raw: Params;
	/** Parameters of the edge, checked and converted. */
	params: Params;
	fields?: FieldRequest[];
	token?: Token;
	app?: App;
	scopes: Set<string>;
	/** Scopes that were granted, but for which the person lacks the task on the Page of this call. */
	withheld: Set<string>;
	/** Reads an edge of an object that was asked for as a field; undefined where that kind of node has no such edge. */
	readEdge?: (on: keyof NodeKinds, object: { id?: string }, request: FieldRequest) => Promise<unknown> | undefined;
	/** The account the call is about, for business-use-case usage. */
	account?: Account;
};

/** The parameters of a call, checked against the table of its edge; unknown ones are refused where the sandbox is strict. */
export function readCallParams(call: Call, table: ParamTable): Params {
	return readParams(call.raw, table, call.world.settings.strictParameters);
}

/** The token of a call that has passed authentication. */
export function tokenOf(call: Call): Token {
	if (!call.token) throw new Error('This endpoint runs without a token.');
	return call.token;
}
