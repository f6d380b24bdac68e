import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.mts';
import { DAY_MS } from './clock.mts';
import { newFacebookToken, newInstagramToken } from './ids.mts';

/** `instagram` is the one kind of Instagram Login; all others are of the Facebook family. */
export type TokenKind = 'user' | 'page' | 'app' | 'systemUser' | 'instagram';

/** A token that was handed out, and everything Meta knows about it. Times in ms; `expiresAt` 0 = never. */
export type Token = {
	value: string;
	kind: TokenKind;
	longLived: boolean;
	appId: string;
	userId?: string;
	pageId?: string;
	/** The account behind a token of Instagram Login. */
	accountId?: string;
	scopes: string[];
	pageIds: string[];
	issuedAt: number;
	expiresAt: number;
	dataAccessExpiresAt: number;
	/** Set once the token is dead: Meta's code and subcode for it. */
	dead?: { code: number; subcode?: number };
};

type NewToken = Omit<Token, 'value' | 'issuedAt' | 'expiresAt' | 'dataAccessExpiresAt'> & {
	/** Seconds until expiry; 0 = never. */
	lifeSeconds: number;
	/** End of data access (ms) when the token comes from another one: only a login moves it. */
	dataAccess?: number;
};

/** How long an app may use what somebody granted after they were last seen in the login dialog. */
const DATA_ACCESS_MS = 90 * DAY_MS;
/** A system user is no person who could stay away, and Instagram Login knows no such end. */
const LASTING: TokenKind[] = ['systemUser', 'instagram'];

/** Tokens by value. Strings are random; nothing can be read out of them. */
export type TokenStore = {
	issue(token: NewToken): Token;
	find(value: string): Token | undefined;
	/** Every token that was ever handed out; a test searches what it leaves behind for them. */
	all(): Token[];
	/** The Page token that belongs to a user token; the same one each time it is asked for. */
	pageTokenOf(parent: Token, pageId: string): Token;
	/** Mark every matching token as dead; returns how many. */
	kill(match: (token: Token) => boolean, dead: { code: number; subcode?: number }): number;
};

/** Create an empty token store on a clock. */
export function createTokenStore(clock: Clock): TokenStore {
	const tokens = new Map<string, Token>();
	const pageTokens = new Map<string, Token>();

	const issue = ({ lifeSeconds, dataAccess, ...rest }: NewToken): Token => {
		const issuedAt = clock.now();
		const token: Token = {
			...rest,
			value: rest.kind === 'instagram' ? newInstagramToken() : newFacebookToken(),
			issuedAt,
			expiresAt: lifeSeconds === 0 ? 0 : issuedAt + lifeSeconds * 1000,
			dataAccessExpiresAt: dataAccess ?? (LASTING.includes(rest.kind) ? 0 : issuedAt + DATA_ACCESS_MS),
		};
		tokens.set(token.value, token);
		return token;
	};

	return {
		issue,
		find: (value) => tokens.get(value),
		all: () => [...tokens.values()],
		pageTokenOf(parent, pageId) {
			const key = `${parent.value} ${pageId}`;
			const known = pageTokens.get(key);
			if (known && !known.dead) return known;
			const forever = parent.longLived || parent.kind === 'systemUser';
			const token = issue({
				kind: 'page',
				longLived: forever,
				appId: parent.appId,
				userId: parent.userId,
				pageId,
				scopes: parent.scopes,
				pageIds: [pageId],
				lifeSeconds: forever ? 0 : Math.max(1, (parent.expiresAt - clock.now()) / 1000),
				dataAccess: parent.dataAccessExpiresAt,
			});
			pageTokens.set(key, token);
			return token;
		},
		kill(match, dead) {
			let count = 0;
			for (const token of tokens.values()) {
				if (!token.dead && match(token)) {
					token.dead = dead;
					count += 1;
				}
			}
			return count;
		},
	};
}

/**
 * Whether an `appsecret_proof` fits: hex HMAC-SHA256 of the token (or of `token|time`
 * when `appsecret_time` is sent) keyed with the app secret.
 */
export function proofMatches(secret: string, token: string, proof: string, time?: string): boolean {
	const expected = createHmac('sha256', secret)
		.update(time === undefined ? token : `${token}|${time}`)
		.digest();
	const given = Buffer.from(proof, 'hex');
	return given.length === expected.length && timingSafeEqual(given, expected);
}
