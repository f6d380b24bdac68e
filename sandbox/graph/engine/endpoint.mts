import type { Login } from '../../world/app.mts';
import type { Method, Call } from './call.mts';
import type { NodeKinds } from './kinds.mts';
import type { ParamTable } from './params.mts';

/** Which token an endpoint takes: `any` is a user, system-user or Page token that reaches the node. */
type TokenRule = 'page' | 'user' | 'app' | 'any' | 'anyOrApp';

/** One edge (or, with an empty name, the node itself) of one kind of node. */
export type Endpoint<K extends keyof NodeKinds = keyof NodeKinds> = {
	on: K;
	edge: string;
	method: Method;
	/** Of Facebook Login; with Instagram Login there is but one kind. */
	token: TokenRule;
	/** Set for an edge that exists with this login alone; see also serve/hosts.mts. */
	login?: Login;
	params: ParamTable;
	/** Answers a person who has not been seen for 90 days, too. */
	afterDataAccess?: boolean;
	/** Missing ones are refused with code 10. */
	scopes?: string[];
	/** Missing ones are refused with code 200. Instagram Login knows none of them. */
	pageScopes?: string[];
	run(call: Call, object: NodeKinds[K]): unknown;
};

/** Declare an endpoint with the type of its node, stored without it. */
export function endpoint<K extends keyof NodeKinds>(definition: Endpoint<K>): Endpoint {
	return {
		...definition,
		run: (call, object) => definition.run(call, object as NodeKinds[K]),
	};
}
