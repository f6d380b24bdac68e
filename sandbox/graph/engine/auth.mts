import { proofMatches } from '../../world/tokens.mts';
import type { Token } from '../../world/tokens.mts';
import type { App, Login } from '../../world/app.mts';
import type { World } from '../../world/world.mts';
import { hasLapsed, instagramApp, ownerOfToken, reachesPage } from '../../world/world.mts';
import { GraphError, proofError } from './errors.mts';
import type { Params } from './params.mts';

/** A token as it arrived, and where. */
export type SentToken = {
	value: string;
	in: 'header' | 'query' | 'body';
};

/** Find the token of a request; a parameter wins over the `Authorization` header. */
export function findToken(query: Params, body: Params, authorization?: string): SentToken | undefined {
	if (typeof query.access_token === 'string' && query.access_token) return { value: query.access_token, in: 'query' };
	if (typeof body.access_token === 'string' && body.access_token) return { value: body.access_token, in: 'body' };
	const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '');
	return header ? { value: header[1], in: 'header' } : undefined;
}

const REASONS: Record<number, string> = {
	458: 'the app is not authorized by this person any more',
	459: 'the person has to log in and pass a checkpoint',
	460: 'the session ended because the password changed or for security reasons',
	463: 'the session has expired',
	493: 'the person has not been seen for 90 days',
	464: 'the person is not confirmed',
	467: 'the token is no longer valid',
	492: 'the person lost the role on the Page',
};

/**
 * Code 190 with the subcode that says why.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export function tokenError(world: World, subcode?: number, code = 190): GraphError {
	return new GraphError({
		code,
		subcode,
		status: world.settings.tokenErrorStatus,
		message:
			subcode === undefined
				? 'Invalid OAuth access token: it cannot be parsed'
				: `Access token refused: ${REASONS[subcode] ?? 'the session is invalid'}`,
	});
}

/** The app behind an `APP_ID|APP_SECRET` token. */
const appTokenOf = (world: World, value: string): Token | undefined => {
	const [id, secret] = value.split('|');
	const app = world.apps.get(id) ?? instagramApp(world, id);
	const expected = app?.id === id ? app.secret : app?.instagramAppSecret;
	if (!app || expected !== secret) return undefined;
	return {
		value,
		kind: 'app',
		longLived: true,
		appId: app.id,
		scopes: [],
		pageIds: [],
		issuedAt: 0,
		expiresAt: 0,
		dataAccessExpiresAt: 0,
	};
};

/** Look up a token and refuse a dead one: unknown, of the other family, expired, or withdrawn. */
export function verifyToken(world: World, value: string, login: Login = 'facebook'): Token {
	const token = value.includes('|') ? appTokenOf(world, value) : world.tokens.find(value);
	if (!token || (token.kind === 'instagram') !== (login === 'instagram')) throw tokenError(world);
	if (token.dead) throw tokenError(world, token.dead.subcode, token.dead.code);
	if (ownerOfToken(world, token)?.checkpointed) throw tokenError(world, 459);
	if (token.kind === 'page' && !reachesPage(world, token, token.pageId ?? '')) {
		throw tokenError(world, 492);
	}
	const isOver = token.expiresAt !== 0 && token.expiresAt <= world.clock.now();
	// A user token goes on to prove who somebody is, with no access to their data.
	if (isOver) throw tokenError(world, 463);
	if (token.kind === 'page' && hasLapsed(world, token)) throw tokenError(world, 493);
	return token;
}

/**
 * Refuse people without a role on an app that is not live. With Instagram Login Meta does not say so: it has no such
 * request for them.
 * @see https://developers.facebook.com/docs/graph-api/overview/access-levels
 */
export function verifyRole(world: World, app: App, token: Token, method: string): void {
	if (app.live || token.kind === 'app' || ownerOfToken(world, token)?.hasRole) return;
	if (token.kind === 'instagram')
		throw new GraphError({
			code: 100,
			untranslated: true,
			message: `Unsupported request - method type: ${method.toLowerCase()}`,
		});
	throw new GraphError({
		code: 200,
		status: 403,
		message: '(#200) The app is not live; only people with a role on it can use it',
	});
}

const PROOF_AGE_SECONDS = 300;

/**
 * Check `appsecret_proof` when sent, and demand it when the app requires it. With
 * Instagram Login it is taken over the Instagram app secret and never demanded: whether Meta
 * demands it there is not documented.
 * @see https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export function verifyProof(world: World, app: App, token: Token, params: Params): void {
	const proof = params.appsecret_proof;
	const secret = token.kind === 'instagram' ? app.instagramAppSecret : app.secret;
	if (proof === undefined || proof === '') {
		if (app.requireAppSecret && token.kind !== 'app' && token.kind !== 'instagram') {
			throw proofError('API calls from the server require an appsecret_proof argument');
		}
		return;
	}
	const time = params.appsecret_time === undefined ? undefined : String(params.appsecret_time);
	const stale = time !== undefined && Math.abs(world.clock.now() / 1000 - Number(time)) > PROOF_AGE_SECONDS;
	if (stale || !proofMatches(secret, token.value, String(proof), time)) {
		throw proofError('Invalid appsecret_proof provided in the API argument');
	}
}
