import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import { grantOf, recordGrant } from '../world/grants.mts';
import { INSTAGRAM_LOGIN_SCOPES, INSTAGRAM_SCOPES } from '../world/seed.mts';
import type { Token } from '../world/tokens.mts';
import type { App } from '../world/app.mts';
import type { World } from '../world/world.mts';
import { userById } from '../world/world.mts';
import { needAccount, needApp, refuse } from './refuse.mts';

type TokenBody = {
	kind: 'user' | 'longUser' | 'page' | 'systemUser' | 'app' | 'instagram' | 'shortInstagram';
	user?: string;
	/** Username of the account of a token of Instagram Login; the first one when absent. */
	account?: string;
	/** Id of the app; the first one when absent. */
	app?: string;
	/** Page id or the username of its account. */
	page?: string;
	scopes?: string[];
};

type InvalidateBody = {
	user?: string;
	account?: string;
	kind?: string;
	code?: number;
	subcode: number;
};

const pageId = (world: World, name: string | undefined): string => {
	const account = [...world.accounts.values()].find(({ username }) => username === name);
	const id = account?.pageId ?? name ?? [...world.pages.keys()][0];
	if (!world.pages.has(id)) throw refuse(404, `There is no Page ${id}.`);
	return id;
};

/** What the dashboard's "Generate token" gives (60 days), or a login does (an hour). */
const makeInstagramToken = (world: World, app: App, body: TokenBody): string => {
	const [first] = world.accounts.values();
	const account = body.account === undefined ? first : needAccount(world, body.account);
	const scopes = body.scopes ?? INSTAGRAM_LOGIN_SCOPES;
	recordGrant(grantOf(account, app.id), scopes, scopes);
	const longLived = body.kind === 'instagram';
	const { longTokenSeconds, shortTokenSeconds } = world.settings;
	return world.tokens.issue({
		kind: 'instagram',
		longLived,
		appId: app.id,
		accountId: account.id,
		scopes,
		pageIds: [],
		lifeSeconds: longLived ? longTokenSeconds : shortTokenSeconds,
	}).value;
};

/** A token as a person would get it from Meta's own tools, with the grant that goes with it. */
const makeToken = (world: World, body: TokenBody): string => {
	const [first] = world.apps.values();
	const app = body.app === undefined ? first : needApp(world, body.app);
	if (body.kind === 'app') return `${app.id}|${app.secret}`;
	if (body.kind === 'instagram' || body.kind === 'shortInstagram') return makeInstagramToken(world, app, body);
	const people = body.kind === 'systemUser' ? world.systemUsers : world.users;
	const user = body.user === undefined ? [...people.values()][0] : userById(world, body.user);
	if (!user) throw refuse(404, `There is no user ${body.user}.`);
	const scopes = body.scopes ?? INSTAGRAM_SCOPES;
	const grant = grantOf(user, app.id);
	recordGrant(grant, scopes, scopes);
	for (const id of world.pages.keys()) grant.pageIds.add(id);
	const { longTokenSeconds, shortTokenSeconds } = world.settings;
	const lives: Record<typeof body.kind, number> = {
		user: shortTokenSeconds,
		longUser: longTokenSeconds,
		page: longTokenSeconds,
		systemUser: 0,
	};
	const token = world.tokens.issue({
		kind: body.kind === 'systemUser' ? 'systemUser' : 'user',
		longLived: body.kind !== 'user',
		appId: app.id,
		userId: user.id,
		scopes,
		pageIds: [...world.pages.keys()],
		lifeSeconds: lives[body.kind],
	});
	return body.kind === 'page' ? world.tokens.pageTokenOf(token, pageId(world, body.page)).value : token.value;
};

const matches = (world: World, token: Token, { user, account, kind }: InvalidateBody): boolean => {
	const named = token.kind === 'user' && token.longLived ? ['user', 'longUser'] : [token.kind];
	return (
		(user === undefined || token.userId === user) &&
		(account === undefined || token.accountId === needAccount(world, account).id) &&
		(kind === undefined || named.includes(kind))
	);
};

/** Make tokens and kill them. */
export function serveTokens(server: FastifyInstance, context: Context): void {
	server.post<{ Body: TokenBody }>('/sandbox/tokens', ({ body }) => ({
		token: makeToken(context.world, body),
	}));
	server.post<{ Body: InvalidateBody }>('/sandbox/tokens/invalidate', ({ body }) => ({
		invalidated: context.world.tokens.kill((token) => matches(context.world, token, body), {
			code: body.code ?? 190,
			subcode: body.subcode,
		}),
	}));
}
