import type { Account, Comment, Page } from '../../world/types.mts';
import { accountOfPage, hasLapsed } from '../../world/world.mts';
import { tokenError } from '../engine/auth.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import {
	GraphError,
	objectMissing,
	pagePermissionDenied,
	pageTokenRequired,
	unknownAlias,
	unknownField,
	unknownPath,
} from '../engine/errors.mts';
import { writeFields } from '../engine/fields.mts';
import type { NodeKinds, Resolved } from '../engine/kinds.mts';
import { readCallParams } from '../engine/call.mts';
import { resolveNode } from './resolve.mts';
import { endpointsOf } from './hosts.mts';
import { needScopes, withholdScopes } from '../engine/tasks.mts';

const NODE_NAMES: Record<Resolved['kind'], string> = {
	user: 'User',
	page: 'Page',
	account: 'IGUser',
	media: 'IGMedia',
	comment: 'IGComment',
	container: 'ShadowIGMediaBuilder',
	conversation: 'UnifiedThread',
	message: 'Message',
	person: 'InstagramMessagingUser',
	app: 'Application',
	business: 'Business',
	hashtag: 'ShadowIGHashtag',
	audio: 'IGAudio',
	upcomingEvent: 'IGUpcomingEvent',
};

const findNode = (call: Call, id: string): Resolved => {
	const token = tokenOf(call);
	if (id === 'me' && token.kind === 'app') {
		throw new GraphError({
			code: 2500,
			message: 'A user or Page access token is needed to speak of "me"',
		});
	}
	const node = resolveNode(call.world, token, id);
	if (node) return node;
	throw /^[\w-]{1,40}$/.test(id) && /[a-z_]/i.test(id) && call.method === 'GET' && !id.startsWith('aWd')
		? unknownAlias(id)
		: objectMissing(call.method, id);
};

const findEndpoint = (call: Call, node: Resolved, id: string, edge: string): Endpoint => {
	const endpoints = endpointsOf[call.login];
	const found = endpoints.find((one) => one.on === node.kind && one.edge === edge && one.method === call.method);
	if (found) return found;
	const sameEdge = endpoints.filter((one) => one.edge === edge);
	if (sameEdge.some((one) => one.on === node.kind)) throw objectMissing(call.method, id);
	throw sameEdge.length > 0 ? unknownField(edge, NODE_NAMES[node.kind]) : unknownPath(`/${edge}`);
};

const checkToken = (call: Call, rule: Endpoint['token']): void => {
	const { kind } = tokenOf(call);
	if (kind === 'instagram') return;
	if (rule === 'page' && kind !== 'page') throw pageTokenRequired();
	if (rule === 'app' && kind !== 'app') {
		throw new GraphError({ code: 15, message: '(#15) This call needs an app access token' });
	}
	if (rule === 'user' && kind !== 'user' && kind !== 'systemUser') {
		throw new GraphError({ code: 190, message: '(#190) This call needs a user access token' });
	}
};

const checkScopes = (call: Call, found: Endpoint): void => {
	if (hasLapsed(call.world, tokenOf(call)) && !found.afterDataAccess) throw tokenError(call.world, 493);
	if (call.login === 'facebook') needScopes(call, found.pageScopes, pagePermissionDenied);
	needScopes(call, found.scopes);
};

/** The account that an object is or belongs to. */
const accountOf = (call: Call, on: Resolved['kind'], object: unknown): Account | undefined => {
	if (on === 'account') return object as Account;
	if (on === 'page') return accountOfPage(call.world, object as Page);
	if (on === 'comment') return (object as Comment).media.account;
	return (object as { account?: Account }).account ?? call.account;
};

/** Read an edge that was asked for as a field: a call of its own, with the modifiers as its parameters. */
const edgeReader =
	(call: Call): Call['readEdge'] =>
	(on, object, { name, args, children }) => {
		const found = endpointsOf[call.login].find((one) => one.on === on && one.edge === name && one.method === 'GET');
		if (!found || name === '') return undefined;
		const raw: Call['raw'] = { ...args, ...(children && { fields: writeFields(children) }) };
		const path = `/${object.id ?? ''}/${name}`;
		const account = accountOf(call, on, object);
		const below: Call = { ...call, path, raw, fields: children, account };
		withholdScopes(below, { kind: on, object, account } as Resolved);
		checkToken(below, found.token);
		checkScopes(below, found);
		below.params = readCallParams(below, found.params);
		below.readEdge = edgeReader(below);
		return Promise.resolve(found.run(below, object as NodeKinds[typeof on]));
	};

/** Find the endpoint of an authenticated call and run it: node, edge, token, permissions, parameters. */
export async function runRoute(call: Call, segments: string[]): Promise<unknown> {
	const [id, edge = '', ...rest] = segments;
	const node = findNode(call, id);
	call.account = node.account;
	withholdScopes(call, node);
	const deeper = rest.length > 0 ? `${edge}/*` : edge;
	if (rest.length > 1) throw unknownPath(`/${rest.slice(1).join('/')}`);
	const found = findEndpoint(call, node, id, deeper);
	call.context.usage.check(call);
	checkToken(call, found.token);
	checkScopes(call, found);
	call.params = readCallParams(call, found.params);
	if (rest.length > 0) call.params.rest = rest[0];
	call.readEdge = edgeReader(call);
	return await found.run(call, node.object);
}
