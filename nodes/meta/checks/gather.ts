import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../login/chooseAccount';
import type { Connection, MetaContext } from '../connection';
import { MetaError } from '../errors/metaError';
import type { FacebookTokenData } from '../login/facebookLogin';
import type { InstagramTokenData } from '../login/instagramLogin';
import { callGraph, type GraphCall } from '../graph/call';
import { isMetaId } from '../input/metaId';
import { listGraph } from '../graph/list';
import { latestOf, latestSession } from '../login/heldLogins';
import { unstoredWords } from '../login/storeTokens';
import type { Account } from '../accounts';
import type { Read } from './read';
import type { AppWebhook, Facts, PageFacts, Permission, Quota, Stored, TokenFacts } from './facts';
import type { SubscribedApp } from '../webhooks/subscriptions';
import { graphPath, type GraphPath } from '../graph/path';

const LINKED_ACCOUNT_FIELDS = 'id,name,instagram_business_account{id,username}';

/** What is known of the login itself, and its token, which only Meta gets to see. */
async function readStored(
	n8n: MetaContext,
	{ kind, appId, appSecret, credentialType: type, unstored }: Connection,
): Promise<{ stored: Stored; ownToken: string }> {
	const credentials = await n8n.getCredentials(type);
	const isPasted = type === 'instagramAccessTokenApi';
	const data = isPasted ? undefined : latestOf<FacebookTokenData>(n8n, type, credentials).data;
	const session = isPasted ? latestSession(n8n, type, credentials).session : undefined;
	const isChosen = data !== undefined && !credentials.configId && !credentials.customScopes;
	const stored: Stored = {
		capabilities:
			isChosen && Array.isArray(credentials.capabilities) ? (credentials.capabilities as string[]) : undefined,
		endsAt: data?.longLivedUntil ?? session?.expiresAt,
		renewedAt: session?.renewedAt ?? (data as InstagramTokenData | undefined)?.renewedAt,
		unextendedAt: data?.unextendedAt ?? session?.unextendedAt,
		unstored: unstored && unstoredWords(type, unstored.why),
		renews: data !== undefined || kind === 'instagram' || (kind === 'facebookUser' && appId !== '' && appSecret !== ''),
	};
	return { stored, ownToken: data?.access_token ?? session?.token ?? '' };
}

/** A refusal is what a check is about: it is kept, not thrown. */
const settle = async <T>(reading: Promise<T>): Promise<Read<T>> =>
	await reading.then(
		(value) => ({ value }),
		(failure: Error) => {
			if (failure instanceof MetaError) return { failure };
			throw failure;
		},
	);

/**
 * Reads everything that the checks look at, side by side; nothing is written.
 * @param account the chosen account; without one, only what concerns the whole login is read
 */
export async function gatherFacts(
	n8n: MetaContext,
	connection: Connection,
	account: Account | undefined,
	rest: Pick<Facts, 'addresses' | 'accountProblem'>,
): Promise<Facts> {
	const { stored, ownToken } = await readStored(n8n, connection);
	const { kind, appId, credentialType, advice, versionedUrl } = connection;
	const hasApp = kind !== 'instagram' && appId !== '' && connection.appSecret !== '';
	// What is no App ID at all is told by the inspection of the token.
	const namesApp = hasApp && isMetaId(appId);
	const isUser = kind === 'facebookUser';

	const call = async (signAs: string, path: GraphPath, query: IDataObject = {}, more: Partial<GraphCall> = {}) =>
		await callGraph(n8n, connection, { method: 'GET', path, query, signAs, ...more });
	const data = async <T>(answer: Promise<IDataObject>): Promise<T> => ((await answer).data ?? []) as T;
	const readIf = async <T>(applies: boolean, reading: () => Promise<T>): Promise<Read<T>> =>
		applies ? await settle(reading()) : undefined;

	const inbox = account ? inboxOf(account) : '';
	// A read by way of POST: the token to look at must not stand in an URL.
	const inspection = { method: 'POST', body: { input_token: ownToken }, repeatable: true } as const;
	const meFields = kind === 'instagram' ? 'user_id,username,name,account_type' : 'id,name';
	const [token, me, permissions, pages, page, webhooks, reviewed, subscribedApps, conversations, quota] =
		await Promise.all([
			readIf(
				hasApp || isUser,
				async () =>
					await data<TokenFacts>(call(hasApp ? 'app' : 'user', graphPath`/debug_token`, { method: 'get' }, inspection)),
			),
			settle(call('user', graphPath`/me`, { fields: meFields })),
			readIf(isUser, async () => await data<Permission[]>(call('user', graphPath`/me/permissions`))),
			readIf(
				isUser,
				async () =>
					(await listGraph(n8n, connection, {
						method: 'GET',
						path: graphPath`/me/accounts`,
						query: { fields: `tasks,${LINKED_ACCOUNT_FIELDS}` },
						signAs: 'user',
					})) as PageFacts[],
			),
			readIf(
				account?.pageId !== undefined,
				async () => (await call(inbox, graphPath`/${inbox}`, { fields: LINKED_ACCOUNT_FIELDS })) as PageFacts,
			),
			readIf(namesApp, async () => await data<AppWebhook[]>(call('app', graphPath`/${appId}/subscriptions`))),
			readIf(namesApp, async () => await data<Permission[]>(call('app', graphPath`/${appId}/permissions`))),
			readIf(
				account !== undefined,
				async () => await data<SubscribedApp[]>(call(inbox, graphPath`/${inbox}/subscribed_apps`)),
			),
			readIf(
				account !== undefined,
				async () =>
					await call(inbox, graphPath`/${inbox}/conversations`, { platform: 'instagram', fields: 'id', limit: 1 }),
			),
			readIf(
				account !== undefined,
				async () =>
					(
						await data<Quota[]>(
							call(inbox, graphPath`/${account?.id ?? ''}/content_publishing_limit`, { fields: 'config,quota_usage' }),
						)
					)[0] ?? {},
			),
		]);
	return {
		now: Date.now(),
		login: { kind, appId, credentialType, advice, versionedUrl, hasApp },
		stored,
		account,
		...rest,
		token,
		me: asFlat(me),
		permissions,
		pages,
		page,
		webhooks,
		reviewed,
		subscribedApps,
		conversations,
		quota,
	};
}

/** Instagram Login documents `{ data: [..] }` and answers a flat object: both are read. */
function asFlat(me: Read<IDataObject>): Read<IDataObject> {
	const [first] = me && 'value' in me && Array.isArray(me.value.data) ? (me.value.data as IDataObject[]) : [];
	return first ? { value: first } : me;
}
