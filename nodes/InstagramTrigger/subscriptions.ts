import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { inboxOf } from '../meta/account';
import type { Connection } from '../meta/context';
import { callGraph } from '../meta/graph';
import type { Account } from '../meta/login';
import { readers } from './events';

/** What a trigger needs at Meta: the app's callback with these fields, and the app on these accounts. `unknown` were chosen in vain. */
export type Wanted = { callbackUrl: string; events: string[]; includeEchoes: boolean; accounts: Account[]; unknown: string[] };

type AppSubscription = { object: string; callback_url: string; active?: boolean; fields: Array<string | { name: string }> };

const isNeeded = ({ events, includeEchoes }: Wanted) => ({ event, optional }: { event: string; optional?: true }) =>
	events.includes(event) || (optional === true && includeEchoes);

const appFields = (wanted: Wanted): string[] => [...new Set(readers.filter(isNeeded(wanted)).map(({ field }) => field))];
const accountFields = (wanted: Wanted, { pageId }: Account): string[] =>
	pageId ? [...new Set(readers.filter(isNeeded(wanted)).map(({ pageField }) => pageField))] : appFields(wanted);

const problem = (ctx: IHookFunctions, message: string, description: string) =>
	new NodeOperationError(ctx.getNode(), message, { description, level: 'warning' });

/** Whether calls about the app itself are possible with this login. */
export const canSpeakForApp = ({ appId, appSecret, kind }: Connection): boolean =>
	kind !== 'instagram' && appId !== '' && appSecret !== '';

/** With a set-up by hand, the person needs a verify token to copy, and the trigger a secret to check with. */
function checkManual(ctx: IHookFunctions, { appSecret, hasOwnVerifyToken }: Connection): void {
	if (appSecret === '') {
		throw problem(ctx, 'The credential lacks the app secret', 'Fill it in: without it nobody can tell whether a webhook comes from Meta.');
	}
	if (!hasOwnVerifyToken) {
		throw problem(ctx, 'The credential lacks a Webhook Verify Token', 'Enter any text of your choice there, and the same text in the App Dashboard.');
	}
}

/** The automatic set-up speaks for the app, so it needs the app's own credentials. */
function checkApp(ctx: IHookFunctions, connection: Connection): void {
	if (canSpeakForApp(connection)) return;
	if (connection.kind === 'instagram') {
		throw problem(ctx, 'Meta does not let Instagram Login apps be set up automatically', 'Set "Setup" of the trigger to Manual and enter its URL in the App Dashboard.');
	}
	throw problem(ctx, 'The credential lacks the App ID or the app secret', 'Fill in both: the automatic set-up of the webhook needs them. Or set "Setup" to Manual.');
}

/** The app's one callback for Instagram events; `undefined` when there is none. */
async function findCallback(ctx: IHookFunctions, connection: Connection): Promise<AppSubscription | undefined> {
	const answer = await callGraph(ctx, connection, { method: 'GET', path: `/${connection.appId}/subscriptions`, as: 'app' });
	const all = (answer.data ?? []) as AppSubscription[];
	return all.find(({ object, callback_url }) => object === 'instagram' && callback_url);
}

/** Fields that the app receives from this account already. */
async function subscribedFields(ctx: IHookFunctions, connection: Connection, account: Account): Promise<string[]> {
	const answer = await callGraph(ctx, connection, {
		method: 'GET',
		path: `/${inboxOf(account)}/subscribed_apps`,
		as: inboxOf(account),
	});
	const apps = (answer.data ?? []) as Array<{ id?: string; app_id?: string; subscribed_fields?: string[] }>;
	const ours = apps.find(({ id, app_id }) => [id, app_id].includes(connection.appId)) ?? (connection.appId ? undefined : apps[0]);
	return ours?.subscribed_fields ?? [];
}

async function accountLacks(ctx: IHookFunctions, connection: Connection, wanted: Wanted, account: Account): Promise<boolean> {
	const present = await subscribedFields(ctx, connection, account);
	return accountFields(wanted, account).some((field) => !present.includes(field));
}

/**
 * Whether Meta delivers everything to this trigger already.
 * @throws NodeOperationError when the app's only callback belongs to somebody else, an account is out of
 *   reach, or the credential lacks what the set-up needs
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export async function isSubscribed(ctx: IHookFunctions, connection: Connection, wanted: Wanted, automatic: boolean): Promise<boolean> {
	if (wanted.accounts.length === 0) {
		throw problem(ctx, 'There is no account to listen to', 'The login reaches none of the chosen Instagram accounts. Choose others under Accounts, or connect the credential again and tick their Pages.');
	}
	if (wanted.unknown.length > 0) {
		throw problem(ctx, `The login does not reach the chosen account ${wanted.unknown.join(', ')}`, 'Choose others under Accounts, or connect the credential again and tick their Pages.');
	}
	if (automatic) {
		checkApp(ctx, connection);
		const callback = await findCallback(ctx, connection);
		if (callback && callback.callback_url !== wanted.callbackUrl) {
			throw problem(
				ctx,
				'This Meta app already sends its Instagram events somewhere else',
				`They go to ${callback.callback_url}. Meta allows one address per app, and this trigger does not take it over. Deactivate the workflow (or other system) that uses it, use one trigger for all accounts, or use another Meta app. To test while a workflow is active, work with the data of its executions.`,
			);
		}
		const names = callback?.fields.map((field) => (typeof field === 'string' ? field : field.name)) ?? [];
		if (appFields(wanted).some((field) => !names.includes(field))) return false;
	} else {
		checkManual(ctx, connection);
	}
	for (const account of wanted.accounts) {
		if (await accountLacks(ctx, connection, wanted, account)) return false;
	}
	return true;
}

/**
 * Subscribes on both levels: the app's callback (Meta checks it with a challenge while this call runs), then each
 * account. Fields that others subscribed stay.
 * @throws MetaError when Meta refuses, for example because it cannot reach the callback
 */
export async function subscribe(ctx: IHookFunctions, connection: Connection, wanted: Wanted, automatic: boolean): Promise<void> {
	if (automatic) {
		await callGraph(ctx, connection, {
			method: 'POST',
			path: `/${connection.appId}/subscriptions`,
			body: {
				object: 'instagram',
				callback_url: wanted.callbackUrl,
				fields: appFields(wanted).join(','),
				verify_token: connection.verifyToken,
				include_values: true,
			},
			as: 'app',
		});
	}
	for (const account of wanted.accounts) {
		const fields = new Set([...(await subscribedFields(ctx, connection, account)), ...accountFields(wanted, account)]);
		await callGraph(ctx, connection, {
			method: 'POST',
			path: `/${inboxOf(account)}/subscribed_apps`,
			body: { subscribed_fields: [...fields].join(',') },
			as: inboxOf(account),
		});
	}
}

/**
 * Takes the app's callback back if it is this trigger's. Accounts stay subscribed: other uses of the app may rely on
 * that, and without a callback nothing is delivered.
 */
export async function unsubscribe(ctx: IHookFunctions, connection: Connection, callbackUrl: string): Promise<void> {
	const callback = await findCallback(ctx, connection);
	if (callback?.callback_url !== callbackUrl) return;
	await callGraph(ctx, connection, {
		method: 'DELETE',
		path: `/${connection.appId}/subscriptions`,
		query: { object: 'instagram' },
		as: 'app',
	});
}
