import {
	readAccountFields,
	readCallback,
	removeCallback,
	removeFromAccount,
} from '../../../meta/webhooks/subscriptions';
import { openApp } from '../../../meta/webhooks/openApp';
import { operation, type RunContext } from '../define';
import { accountsFields, chosenAccounts, forEachAccount, webhookUrlField } from './shared/targets';

/** The address has to be named: what is removed by mistake may be somebody else's. */
async function takeAwayCallback({ n8n, connection, fail, param }: RunContext): Promise<string | null> {
	const { app, note } = await openApp(n8n, connection);
	if (!app) throw fail('The callback of the app cannot be removed with this login', note);
	const url = param('webhookUrl', '').trim();
	if (url === '')
		throw fail(
			'"Webhook URL" is empty',
			'Enter the address that the app shall no longer send to. The operation Get Status shows it.',
		);
	const callback = await readCallback(n8n, app);
	if (!callback) return null;
	if (callback.url !== url) {
		throw fail(
			'The app sends its events to another address',
			`They go to ${callback.url}, and that stays. To remove it, enter this address as Webhook URL.`,
		);
	}
	await removeCallback(n8n, app);
	return url;
}

/** @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps */
export const unsubscribe = operation({
	value: 'unsubscribe',
	name: 'Unsubscribe',
	action: 'Unsubscribe accounts from the webhook for all workflows',
	description:
		'Take the app off accounts, for all workflows that use it. An active Instagram Trigger does not notice; activate it again, or run Subscribe, to undo this.',
	withoutAccount: true,
	fields: [
		...accountsFields('one', [
			{ name: 'No Account', value: 'none', description: 'Only the callback of the app, with Remove App Callback' },
		]),
		{
			displayName: 'Remove App Callback',
			name: 'removeCallback',
			type: 'boolean',
			default: false,
			description:
				'Whether to also remove the address to which the app sends its Instagram events: nothing of any account arrives then',
		},
		{
			...webhookUrlField(
				'The address to remove, as a safeguard: only if the app sends to exactly this one, it is removed',
			),
			displayOptions: { show: { removeCallback: [true] } },
		},
	],
	run: async (ctx) => {
		const { n8n, connection, fail, param } = ctx;
		const accounts = await chosenAccounts(ctx);
		const removes = param('removeCallback', false);
		if (accounts.length === 0 && !removes)
			throw fail('There is nothing to remove', 'Choose accounts, or switch on "Remove App Callback".');
		const removedCallback = removes ? await takeAwayCallback(ctx) : null;
		const done = await forEachAccount(
			accounts,
			async (account) => {
				const wasSubscribed = (await readAccountFields(n8n, connection, account)).length > 0;
				if (wasSubscribed) await removeFromAccount(n8n, connection, account);
				return { id: account.id, username: account.username, changed: wasSubscribed };
			},
			fail,
			'unsubscribed',
		);
		return { removedCallback, accounts: done };
	},
});
