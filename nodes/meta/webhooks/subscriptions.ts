import { inboxOf } from '../login/chooseAccount';
import type { Connection, MetaContext } from '../connection';
import { callGraph } from '../graph/call';
import type { Account } from '../accounts';
import type { WebhookLogin } from './fields';
import { isMetaId, quoted } from '../input/metaId';
import { graphPath, type GraphPath } from '../graph/path';
import { refusedFields, unknownFields } from './unknownFields';

/** Where Meta sends what happens at the Instagram accounts of an app. */
export type AppCallback = {
	url: string;
	/** Meta switches off a callback that it could not reach for long. */
	isActive: boolean;
	fields: string[];
};

type AppSubscription = {
	object: string;
	callback_url?: string;
	active?: boolean;
	fields?: Array<string | { name: string }>;
};
/** An app that an account is subscribed to. */
export type SubscribedApp = { id?: string; app_id?: string; subscribed_fields?: string[] };

/** Which of Meta's tables of fields is right for this login. */
export function webhookLoginOf({ kind }: Pick<Connection, 'kind'>): WebhookLogin {
	return kind === 'instagram' ? 'instagram' : 'facebook';
}

function appPath({ appId }: Connection): GraphPath {
	if (isMetaId(appId)) return graphPath`/${appId}/subscriptions`;
	throw new Error(
		`The App ID ${quoted(appId)} in the credential is no number. Copy it from App settings > Basic in the App Dashboard.`,
	);
}

const accountPath = (account: Account) => graphPath`/${inboxOf(account)}/subscribed_apps`;

/**
 * The app's one callback for Instagram events; `undefined` when there is none.
 * @param connection speaks for the app, as `openApp` made it
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export async function readCallback(n8n: MetaContext, connection: Connection): Promise<AppCallback | undefined> {
	const answer = await callGraph(n8n, connection, { method: 'GET', path: appPath(connection), signAs: 'app' });
	const all = (answer.data ?? []) as AppSubscription[];
	const found = all.find(({ object, callback_url }) => object === 'instagram' && callback_url);
	if (!found?.callback_url) return undefined;
	const fields = (found.fields ?? []).map((field) => (typeof field === 'string' ? field : field.name));
	return { url: found.callback_url, isActive: found.active !== false, fields };
}

/**
 * Sets the app's callback. Meta checks the address with a challenge while this call runs.
 * @param connection speaks for the app, as `openApp` made it
 * @param fields all that shall arrive, those that are there already included
 * @throws MetaError 2200 when Meta cannot reach the address, or gets a wrong answer there
 */
export async function writeCallback(
	n8n: MetaContext,
	connection: Connection,
	url: string,
	fields: string[],
): Promise<void> {
	await callGraph(n8n, connection, {
		method: 'POST',
		path: appPath(connection),
		body: {
			object: 'instagram',
			callback_url: url,
			fields: fields.join(','),
			verify_token: connection.verifyToken,
			include_values: true,
		},
		signAs: 'app',
	});
}

/** Takes the app's callback away: nothing of any account is delivered any more. Callbacks of other objects stay. */
export async function removeCallback(n8n: MetaContext, connection: Connection): Promise<void> {
	await callGraph(n8n, connection, {
		method: 'DELETE',
		path: appPath(connection),
		query: { object: 'instagram' },
		signAs: 'app',
	});
}

/**
 * Fields that an account hands to this app. With Instagram Login every entry is the app's, under an Instagram-scoped ID
 * that is never an app's (reported from live use); a Page also shows those of other apps, of which the first is taken for ours without an App ID.
 * @param apps what `subscribed_apps` answered
 */
export function fieldsForApp(apps: SubscribedApp[], { appId, kind }: Pick<Connection, 'appId' | 'kind'>): string[] {
	const ofApp = () => (appId ? apps.filter(({ id, app_id }) => [id, app_id].includes(appId)) : apps.slice(0, 1));
	const ours = kind === 'instagram' ? apps : ofApp();
	return union(...ours.map(({ subscribed_fields: fields }) => fields ?? []));
}

/**
 * Fields that the app receives from this account; none when the account does not have the app.
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
export async function readAccountFields(n8n: MetaContext, connection: Connection, account: Account): Promise<string[]> {
	const answer = await callGraph(n8n, connection, {
		method: 'GET',
		path: accountPath(account),
		signAs: inboxOf(account),
	});
	return fieldsForApp((answer.data ?? []) as SubscribedApp[], connection);
}

/** Subscribes the app to an account. Meta replaces the list: `fields` holds those that shall stay, too. */
async function writeAccountFields(
	n8n: MetaContext,
	connection: Connection,
	account: Account,
	fields: string[],
): Promise<void> {
	await callGraph(n8n, connection, {
		method: 'POST',
		path: accountPath(account),
		body: { subscribed_fields: fields.join(',') },
		signAs: inboxOf(account),
	});
}

/** What an account is subscribed to after fields were added; `leftOut`: those that Meta does not know. */
export type AccountSubscription = { fields: string[]; changed: boolean; leftOut: string[] };

/**
 * Adds what the account lacks; the fields of others stay. Fields that Meta does not know are left out, since one of them
 * would cost all others.
 * @param present what the account has, as `readAccountFields` tells
 * @param wanted names at the account
 * @throws MetaError, or NodeOperationError with the fields when Meta knows none of them or does not say which it refuses
 */
export async function addAccountFields(
	n8n: MetaContext,
	connection: Connection,
	account: Account,
	present: string[],
	wanted: string[],
): Promise<AccountSubscription> {
	if (lacking(wanted, present).length === 0) return { fields: present, changed: false, leftOut: [] };
	const all = union(present, wanted);
	const write = async (fields: string[]) => await writeAccountFields(n8n, connection, account, fields);
	const refusal: unknown = await write(all).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (refusal === undefined) return { fields: all, changed: true, leftOut: [] };
	const leftOut = unknownFields(refusal, all);
	if (leftOut.length === 0 || lacking(wanted, leftOut).length === 0)
		throw refusedFields(n8n.getNode(), account, all, refusal);
	const rest = lacking(all, leftOut);
	if (lacking(rest, present).length === 0) return { fields: present, changed: false, leftOut };
	await write(rest);
	return { fields: rest, changed: true, leftOut };
}

/** Takes the app off an account, with all its fields and for every workflow. */
export async function removeFromAccount(n8n: MetaContext, connection: Connection, account: Account): Promise<void> {
	await callGraph(n8n, connection, { method: 'DELETE', path: accountPath(account), signAs: inboxOf(account) });
}

/** Both lists in one, each field once. */
export function union(...lists: string[][]): string[] {
	return [...new Set(lists.flat())];
}

/** Wanted fields that are not there. */
export function lacking(wanted: string[], present: string[]): string[] {
	return wanted.filter((field) => !present.includes(field));
}
