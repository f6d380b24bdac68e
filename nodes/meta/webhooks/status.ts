import type { IDataObject } from 'n8n-workflow';
import type { Connection, MetaContext } from '../connection';
import type { Account } from '../accounts';
import { lacking, readAccountFields, readCallback, union, webhookLoginOf, type AppCallback } from './subscriptions';
import { accountFieldsFor } from './fields';
import { openApp } from './openApp';

/** Something that keeps events from arriving, and the way out. `accountId` is null when all accounts are concerned. */
type WebhookProblem = { accountId: string | null; problem: string; whatToDo: string };

/** What Webhook: Get Status puts out. */
export type WebhookStatus = {
	/** Nothing was found that keeps events from arriving. */
	ok: boolean;
	appId: string | null;
	/** `null` when the app has none, or it cannot be read. */
	callback: (AppCallback & { isExpected: boolean | null }) | null;
	/** Why the callback cannot be read, or what to bear in mind of it. */
	callbackNote: string | null;
	accounts: IDataObject[];
	problems: WebhookProblem[];
};

const SUBSCRIBE = 'Run the operation Subscribe';

/** What the app's callback should be: empty parts are not compared. */
export type ExpectedCallback = { url: string; fields: string[] };

function callbackProblem(
	callback: AppCallback | undefined,
	expected: ExpectedCallback,
): Omit<WebhookProblem, 'accountId'> | undefined {
	if (!callback) {
		return {
			problem: 'The app has no callback for Instagram: Meta sends nothing',
			whatToDo: `Activate the workflow with the Instagram Trigger. If it is active, ${SUBSCRIBE.toLowerCase()} with the trigger's Production URL as Webhook URL.`,
		};
	}
	if (expected.url && callback.url !== expected.url) {
		return {
			problem: `The app sends its Instagram events to ${callback.url}`,
			whatToDo: `Deactivate the workflow (or other system) that uses this address; if nothing listens there any more, run the operation Unsubscribe with Remove App Callback. Then ${SUBSCRIBE.toLowerCase()} with your Webhook URL.`,
		};
	}
	if (!callback.isActive) {
		return {
			problem: 'Meta switched the callback off, as it does after many failed deliveries',
			whatToDo: `See to it that n8n can be reached at ${callback.url}, then ${SUBSCRIBE.toLowerCase()} with this address as Webhook URL.`,
		};
	}
	const missing = lacking(expected.fields, callback.fields);
	if (missing.length > 0) {
		return {
			problem: `The callback of the app lacks ${missing.join(', ')}`,
			whatToDo: `${SUBSCRIBE} with these Fields, and with ${callback.url} as Webhook URL.`,
		};
	}
	return undefined;
}

/** One account: which fields it has, and which it lacks for what the app listens to. */
async function statusOf(n8n: MetaContext, connection: Connection, account: Account, appFields: string[]) {
	const { id, username } = account;
	const about = { id, username, pageId: account.pageId ?? null };
	try {
		const fields = await readAccountFields(n8n, connection, account);
		const missingFields = lacking(accountFieldsFor(appFields, webhookLoginOf(connection)), fields);
		const status = { ...about, isSubscribed: fields.length > 0, fields, missingFields };
		if (fields.length === 0)
			return {
				status,
				problem: `@${username} is not subscribed: its events do not reach the app`,
				whatToDo: `${SUBSCRIBE}.`,
			};
		if (missingFields.length > 0)
			return {
				status,
				problem: `@${username} lacks ${missingFields.join(', ')}`,
				whatToDo: `${SUBSCRIBE}. It says which fields Meta does not know, if that is the reason.`,
			};
		return { status };
	} catch (error) {
		const { message, description } = error as Error & { description?: string | null };
		const status = { ...about, isSubscribed: null, fields: [], missingFields: [] };
		return {
			status,
			problem: `@${username} could not be looked at: ${message}`,
			whatToDo: description ?? 'Connect the credential again.',
		};
	}
}

/**
 * Looks at everything that has to be right at Meta for events to arrive.
 * @param expected where the app's callback should lead and what it should send
 * @throws MetaError when the app itself cannot be read; accounts that cannot be read become problems
 */
export async function readWebhookStatus(
	n8n: MetaContext,
	connection: Connection,
	accounts: Account[],
	expected: ExpectedCallback,
): Promise<WebhookStatus> {
	const { app, note: callbackNote } = await openApp(n8n, connection);
	const callback = app ? await readCallback(n8n, app) : undefined;
	const problems: WebhookProblem[] = [];
	const fault = app ? callbackProblem(callback, expected) : undefined;
	if (fault) problems.push({ accountId: null, ...fault });
	const statuses: IDataObject[] = [];
	for (const account of accounts) {
		const { status, problem, whatToDo } = await statusOf(
			n8n,
			connection,
			account,
			union(callback?.fields ?? [], expected.fields),
		);
		statuses.push(status);
		if (problem) problems.push({ accountId: account.id, problem, whatToDo });
	}
	return {
		ok: problems.length === 0,
		appId: connection.appId || null,
		callback: callback ? { ...callback, isExpected: expected.url ? callback.url === expected.url : null } : null,
		callbackNote,
		accounts: statuses,
		problems,
	};
}
