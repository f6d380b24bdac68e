import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { INSTAGRAM_SCOPES } from '../world/seed.mts';
import type { Token } from '../world/tokens.mts';
import type { World } from '../world/world.mts';
import { refuse } from './refuse.mts';

interface TokenBody {
	kind: 'user' | 'longUser' | 'page' | 'systemUser' | 'app';
	user?: string;
	/** Page id or the username of its account. */
	page?: string;
	scopes?: string[];
}

interface InvalidateBody {
	user?: string;
	kind?: string;
	code?: number;
	subcode: number;
}

const pageId = (world: World, name: string | undefined): string => {
	const account = [...world.accounts.values()].find(({ username }) => username === name);
	const id = account?.pageId ?? name ?? [...world.pages.keys()][0];
	if (!world.pages.has(id)) throw refuse(404, `There is no Page ${id}.`);
	return id;
};

/** A token as a person would get it from Meta's own tools, with the grant that goes with it. */
const makeToken = (world: World, body: TokenBody): string => {
	const [app] = world.apps.values();
	if (body.kind === 'app') return `${app.id}|${app.secret}`;
	const user = body.user === undefined ? [...world.users.values()][0] : world.users.get(body.user);
	if (!user) throw refuse(404, `There is no user ${body.user}.`);
	const scopes = body.scopes ?? INSTAGRAM_SCOPES;
	const grant = user.grants.get(app.id) ?? {
		scopes: new Set(),
		declined: new Set(),
		pageIds: new Set(),
	};
	for (const scope of scopes) {
		grant.scopes.add(scope);
		grant.declined.delete(scope);
	}
	for (const id of world.pages.keys()) grant.pageIds.add(id);
	user.grants.set(app.id, grant);
	const { longTokenSeconds, shortTokenSeconds } = world.settings;
	const lives: Record<TokenBody['kind'], number> = {
		user: shortTokenSeconds,
		longUser: longTokenSeconds,
		page: longTokenSeconds,
		systemUser: 0,
		app: 0,
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
	return body.kind === 'page'
		? world.tokens.pageTokenOf(token, pageId(world, body.page)).value
		: token.value;
};

const matches = (token: Token, { user, kind }: InvalidateBody): boolean => {
	const named = token.kind === 'user' && token.longLived ? ['user', 'longUser'] : [token.kind];
	return (
		(user === undefined || token.userId === user) && (kind === undefined || named.includes(kind))
	);
};

/** Make tokens and kill them. */
export const serveTokens = (server: FastifyInstance, context: Context): void => {
	server.post<{ Body: TokenBody }>('/sandbox/tokens', ({ body }) => ({
		token: makeToken(context.world, body),
	}));
	server.post<{ Body: InvalidateBody }>('/sandbox/tokens/invalidate', ({ body }) => ({
		invalidated: context.world.tokens.kill((token) => matches(token, body), {
			code: body.code ?? 190,
			subcode: body.subcode,
		}),
	}));
};
