import type { IDataObject } from 'n8n-workflow';
import type { Account } from '../../../meta/accounts';
import {
	addAccountFields,
	lacking,
	readAccountFields,
	readCallback,
	union,
	webhookLoginOf,
	writeCallback,
	type AppCallback,
} from '../../../meta/webhooks/subscriptions';
import { accountFieldsFor, accountFieldsInWords } from '../../../meta/webhooks/fields';
import { openApp } from '../../../meta/webhooks/openApp';
import type { Connection } from '../../../meta/connection';
import { operation, type RunContext } from '../define';
import { accountsFields, chosenAccounts, forEachAccount, webhookFieldsField, webhookUrlField } from './shared/targets';

/** Brings the app's callback to the address, unless it is somebody else's. */
async function healCallback(
	{ n8n, fail }: RunContext,
	app: Connection,
	callback: AppCallback | undefined,
	url: string,
	fields: string[],
): Promise<boolean> {
	if (callback && callback.url !== url) {
		throw fail(
			'This Meta app already sends its Instagram events somewhere else',
			`They go to ${callback.url}. Deactivate the workflow (or other system) that uses this address; if nothing listens there any more, run the operation Unsubscribe with Remove App Callback. Then run this again.`,
		);
	}
	if (callback?.isActive && lacking(fields, callback.fields).length === 0) return false;
	const all = union(callback?.fields ?? [], fields);
	if (all.length === 0)
		throw fail(
			'The app has no callback, and "Fields" is empty',
			'Choose the fields that Meta shall send, or activate the workflow with the Instagram Trigger.',
		);
	await writeCallback(n8n, app, url, all);
	return true;
}

/** Adds what the account lacks; the fields of others stay, and `note` tells of those that Meta does not know. */
async function healAccount({ n8n, connection }: RunContext, account: Account, wanted: string[]): Promise<IDataObject> {
	const present = await readAccountFields(n8n, connection, account);
	const { fields, changed, leftOut } = await addAccountFields(n8n, connection, account, present, wanted);
	const words = accountFieldsInWords(leftOut, webhookLoginOf(connection));
	const note = leftOut.length > 0 ? `Meta does not know these fields, so nothing arrives through them: ${words}` : null;
	return { id: account.id, username: account.username, fields, changed, leftOut, note };
}

/**
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export const subscribe = operation({
	value: 'subscribe',
	name: 'Subscribe',
	action: 'Subscribe accounts to the webhook',
	description:
		'Put right what keeps events from arriving. Only what is missing is written, nothing of others is removed, and it can run on a schedule.',
	withoutAccount: true,
	fields: [
		...accountsFields('all'),
		webhookFieldsField(
			'What Meta shall send. If left empty, those that the app listens to already; with Instagram Login that takes Meta App ID and Meta App Secret in the credential, so choose without them.',
		),
		webhookUrlField(
			'Production URL of the active Instagram Trigger. If filled in, the callback of the app is put right as well, unless it is the address of somebody else. With Instagram Login this takes Meta App ID and Meta App Secret in the credential; without them, enter the address in the App Dashboard.',
		),
	],
	run: async (ctx) => {
		const { n8n, connection, fail, param } = ctx;
		const accounts = await chosenAccounts(ctx);
		const url = param('webhookUrl', '').trim();
		const chosen = param<string[]>('fields', []);
		const { app, note } = await openApp(n8n, connection);
		if (!app && url)
			throw fail('The callback of the app cannot be set with this login', `${note} Leave "Webhook URL" empty here.`);
		const callback = app && (await readCallback(n8n, app));
		const callbackChanged = app && url ? await healCallback(ctx, app, callback, url, chosen) : false;
		const fields = accountFieldsFor(chosen.length > 0 ? chosen : (callback?.fields ?? []), webhookLoginOf(connection));
		if (fields.length === 0) {
			throw fail(
				'It is not known which fields to subscribe',
				`Choose them under "Fields". ${app ? 'The app has no callback that would tell.' : note}`,
			);
		}
		const done = await forEachAccount(
			accounts,
			async (account) => await healAccount(ctx, account, fields),
			fail,
			'subscribed',
		);
		return { callback: { url: url || (callback?.url ?? null), changed: callbackChanged }, accounts: done };
	},
});
