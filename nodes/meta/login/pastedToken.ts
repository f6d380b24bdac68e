import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { LoginKind, LoginReach } from '../accounts';
import { fingerprint } from './request';
import { RENEW_BEFORE_MS } from './exchange';
import { DAY_MS } from '../time';

/** What a pasted token turned out to be, and what it became. Stored as JSON in one hidden, encrypted field. */
export type TokenSession = LoginReach & {
	/** Fingerprint of the pasted token and app secret: another one makes the session void. */
	madeFrom: string;
	kind: LoginKind;
	token: string;
	/** Milliseconds since 1970; absent when unknown or never. */
	expiresAt?: number;
	/** When a renewal was last tried, successful or not, in milliseconds since 1970. */
	renewedAt: number;
	/** When Meta last renewed the token without giving it more time, in milliseconds since 1970. */
	unextendedAt?: number;
};

/** The credential's fields that a session depends on. */
export type PastedToken = { accessToken: string; appId: string; appSecret: string };

/** The fields of an Access Token credential as the operator filled them in. */
export function pastedOf(credentials: ICredentialDataDecryptedObject): PastedToken {
	return {
		accessToken: String(credentials.accessToken ?? '').trim(),
		appId: String(credentials.appId ?? '').trim(),
		appSecret: String(credentials.appSecret ?? '').trim(),
	};
}

/** Marks what a session was made from without storing it. */
export function sourceOf({ accessToken, appId, appSecret }: PastedToken): string {
	return fingerprint([accessToken, appId, appSecret].join('\n'));
}

/** Reads the stored session; `undefined` when there is none or it was made from another token. */
export function readSession(stored: unknown, pasted: PastedToken): TokenSession | undefined {
	if (typeof stored !== 'string' || !stored.startsWith('{')) return undefined;
	const session = JSON.parse(stored) as TokenSession;
	return session.madeFrom === sourceOf(pasted) ? session : undefined;
}

/** True when a token ends soon and the last attempt to renew it is at least a day old. */
export function isRenewalDue(
	{ expiresAt, renewedAt }: { expiresAt?: number; renewedAt: number },
	now: number,
): boolean {
	if (expiresAt === undefined) return false;
	return expiresAt - now < RENEW_BEFORE_MS && now - renewedAt >= DAY_MS;
}
