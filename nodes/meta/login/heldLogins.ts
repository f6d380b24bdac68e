import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { CredentialType, MetaContext, Unstored } from '../context';
import { fingerprint } from './request';
import { storeTokens } from './storeTokens';

/** A login that lasts at Meta and that n8n has not stored: this process has it until n8n ends. */
type HeldLogin = {
	/** Tells what n8n has stored: something else, as after a reconnect, makes this void. */
	madeFrom: string;
	data: object;
	unstored: Unstored;
	/** When storing was last tried, in milliseconds since 1970. */
	triedAt: number;
};

/** By ID of the credential, so there is one at most for each. */
const held = new Map<string, HeldLogin>();

/** An execution must not wait for a database that is out of order each time. */
const STORE_AGAIN_MS = 60_000;

/** Exchanges under way, by key: executions that start together make one. */
const underWay = new Map<string, Promise<unknown>>();

const idOf = (ctx: MetaContext, type: CredentialType): string => ctx.getNode().credentials?.[type]?.id ?? '';

/** A login as it is now: as n8n has stored it, or what this process made of it. */
export type CurrentLogin<T> = { credentials: ICredentialDataDecryptedObject; data: T | undefined; unstored?: Unstored };

const madeFromTokens = (oauthTokenData: unknown): string => fingerprint(JSON.stringify(oauthTokenData ?? null));

/** What this process holds for a credential. @param madeFrom as when it was put there */
export function heldLogin<T extends object>(
	ctx: MetaContext,
	type: CredentialType,
	madeFrom: string,
): { data: T; unstored: Unstored } | undefined {
	const known = held.get(idOf(ctx, type));
	return known?.madeFrom === madeFrom ? { data: known.data as T, unstored: known.unstored } : undefined;
}

/** Holds a login that n8n did not store. @param madeFrom tells what n8n has stored, and nothing of the token */
export function holdLogin(
	ctx: MetaContext,
	type: CredentialType,
	madeFrom: string,
	data: object,
	unstored: Unstored,
): void {
	held.set(idOf(ctx, type), { madeFrom, data, unstored, triedAt: Date.now() });
}

/** Token data of an OAuth2 login: what n8n has stored, or what this process holds in its place. */
export function latestOf<T extends IDataObject>(
	ctx: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
): { data: T | undefined; unstored?: Unstored } {
	const { oauthTokenData } = credentials;
	const known = held.size > 0 ? heldLogin<T>(ctx, type, madeFromTokens(oauthTokenData)) : undefined;
	return known ?? { data: oauthTokenData as T | undefined };
}

/** Stores a login, or holds it until that can be done. */
export async function keepLogin(
	ctx: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
	data: IDataObject,
): Promise<void> {
	const unstored = await storeTokens(ctx, type, credentials, data);
	if (unstored) holdLogin(ctx, type, madeFromTokens(credentials.oauthTokenData), data, unstored);
	else held.delete(idOf(ctx, type));
}

/** Reads an OAuth2 login; one that could not be stored is stored now, if that works again. */
export async function readLogin<T extends IDataObject>(
	ctx: MetaContext,
	type: CredentialType,
): Promise<CurrentLogin<T>> {
	const credentials = await ctx.getCredentials(type);
	const current = latestOf<T>(ctx, type, credentials);
	const known = held.get(idOf(ctx, type));
	if (!current.data || current.unstored !== 'failed' || !known || Date.now() - known.triedAt < STORE_AGAIN_MS)
		return { credentials, ...current };
	known.triedAt = Date.now();
	await keepLogin(ctx, type, credentials, current.data);
	return held.has(idOf(ctx, type))
		? { credentials, ...current }
		: { credentials: { ...credentials, oauthTokenData: current.data }, data: current.data };
}

/** Does something once for all that ask for it at the same time, within this process. */
export async function onceAtATime<T>(key: string, act: () => Promise<T>): Promise<T> {
	const ongoing = (underWay.get(key) as Promise<T> | undefined) ?? act().finally(() => underWay.delete(key));
	underWay.set(key, ongoing);
	return await ongoing;
}
