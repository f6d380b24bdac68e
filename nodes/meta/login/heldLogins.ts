import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { CredentialType, MetaContext, Unstored } from '../connection';
import { Memory } from '../memory';
import { DAY_MS } from '../time';
import { fingerprint } from './request';
import { storeTokens } from './storeTokens';
import { pastedOf, readSession, sourceOf, type TokenSession } from './pastedToken';

/** A login that lasts at Meta and that n8n has not stored: this process has it until n8n ends. */
type HeldLogin = {
	/** Tells what n8n has stored: something else, as after a reconnect, makes this void. */
	madeFrom: string;
	data: object;
	unstored: Unstored;
	/** How often storing failed in a row, and when it was last tried, in milliseconds since 1970. */
	failures: number;
	triedAt: number;
};

/** By ID of the credential, so there is one at most for each. A token that nobody has used for so long is dead. */
const held = new Memory<HeldLogin>(60 * DAY_MS, 1_000);

/** A database that was busy for a moment is tried again at once; an execution must not wait each time for one that is out of order. */
const STORE_AGAIN_MS = 60_000;

/** Exchanges under way, by credential and token: executions that start together make one. */
const underWay = new Map<string, Promise<unknown>>();

const idOf = (n8n: MetaContext, type: CredentialType): string => n8n.getNode().credentials?.[type]?.id ?? '';

/** A login as it is now: as n8n has stored it, or what this process holds in its place. */
export type CurrentLogin<T> = { credentials: ICredentialDataDecryptedObject; data: T | undefined; unstored?: Unstored };

const madeFromTokens = (oauthTokenData: unknown): string => fingerprint(JSON.stringify(oauthTokenData ?? null));

/** What this process holds for a credential. @param madeFrom as when it was put there */
function heldLogin<T extends object>(
	n8n: MetaContext,
	type: CredentialType,
	madeFrom: string,
): { data: T; unstored: Unstored } | undefined {
	const id = idOf(n8n, type);
	const known = held.get(id);
	if (!known) return undefined;
	// Somebody connected anew, or another process has stored it: these tokens are of no use any more.
	if (known.madeFrom !== madeFrom) {
		held.delete(id);
		return undefined;
	}
	held.set(id, known);
	return { data: known.data as T, unstored: known.unstored };
}

/** Holds a login that n8n did not store. @param madeFrom tells what n8n has stored, and nothing of the token */
function holdLogin(n8n: MetaContext, type: CredentialType, madeFrom: string, data: object, unstored: Unstored): void {
	const id = idOf(n8n, type);
	const failures = (held.get(id)?.failures ?? 0) + 1;
	held.set(id, { madeFrom, data, unstored, failures, triedAt: Date.now() });
}

/** Token data of an OAuth2 login: what n8n has stored, or what this process holds in its place. */
export function latestOf<T extends IDataObject>(
	n8n: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
): { data: T | undefined; unstored?: Unstored } {
	const { oauthTokenData } = credentials;
	const known = held.size > 0 ? heldLogin<T>(n8n, type, madeFromTokens(oauthTokenData)) : undefined;
	return known ?? { data: oauthTokenData as T | undefined };
}

const madeFromSession = (credentials: ICredentialDataDecryptedObject): string =>
	fingerprint(JSON.stringify([sourceOf(pastedOf(credentials)), credentials.tokenSession ?? '']));

/** Session of a pasted token: what n8n has stored, or what this process holds in its place. */
export function latestSession(
	n8n: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
): { session: TokenSession | undefined; unstored?: Unstored } {
	const known = held.size > 0 ? heldLogin<TokenSession>(n8n, type, madeFromSession(credentials)) : undefined;
	return known
		? { session: known.data, unstored: known.unstored }
		: { session: readSession(credentials.tokenSession, pastedOf(credentials)) };
}

/** Holds the session of a pasted token that n8n did not store. */
export function holdSession(
	n8n: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
	session: TokenSession,
	unstored: Unstored,
): void {
	holdLogin(n8n, type, madeFromSession(credentials), session, unstored);
}

/** Lets go of what is held for a credential: n8n has stored it. */
export function releaseLogin(n8n: MetaContext, type: CredentialType): void {
	held.delete(idOf(n8n, type));
}

/** True when storing failed before and may be tried again: at the next chance, and from then on once in a minute. */
export function isStoringDue(n8n: MetaContext, type: CredentialType, unstored: Unstored | undefined): boolean {
	const known = held.get(idOf(n8n, type));
	if (unstored !== 'failed' || !known) return false;
	if (known.failures > 1 && Date.now() - known.triedAt < STORE_AGAIN_MS) return false;
	// Those who ask meanwhile leave it to this one.
	Object.assign(known, { failures: known.failures + 1, triedAt: Date.now() });
	return true;
}

/** Stores a login, or holds it until that can be done. */
export async function keepLogin(
	n8n: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
	data: IDataObject,
): Promise<void> {
	const unstored = await storeTokens(n8n, type, credentials, data);
	if (unstored) holdLogin(n8n, type, madeFromTokens(credentials.oauthTokenData), data, unstored);
	else releaseLogin(n8n, type);
}

/** Reads an OAuth2 login; one that could not be stored is stored now, if that works again. */
export async function readLogin<T extends IDataObject>(
	n8n: MetaContext,
	type: CredentialType,
): Promise<CurrentLogin<T>> {
	const credentials = await n8n.getCredentials(type);
	const current = latestOf<T>(n8n, type, credentials);
	if (!current.data || !isStoringDue(n8n, type, current.unstored)) return { credentials, ...current };
	await keepLogin(n8n, type, credentials, current.data);
	return held.get(idOf(n8n, type))
		? { credentials, ...current }
		: { credentials: { ...credentials, oauthTokenData: current.data }, data: current.data };
}

/**
 * Does something with a credential once for all executions that ask for it at the same time, within this process.
 * @param what tells it from other things that are done with the credential
 */
export async function onceAtATime<T>(
	n8n: MetaContext,
	type: CredentialType,
	what: string,
	act: () => Promise<T>,
): Promise<T> {
	const key = `${idOf(n8n, type)} ${what}`;
	const ongoing = (underWay.get(key) as Promise<T> | undefined) ?? act().finally(() => underWay.delete(key));
	underWay.set(key, ongoing);
	return await ongoing;
}
