import type { IDataObject } from 'n8n-workflow';
import { readWebhookStatus } from '../../../meta/webhooks/status';
import { operation } from '../define';
import { accountsFields, chosenAccounts, webhookFieldsField, webhookUrlField } from './shared/targets';

export const getStatus = operation({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of the webhook',
	description:
		'See whether events of the accounts reach n8n: the address of the app, its fields, the accounts, and what to do about each problem',
	withoutAccount: true,
	fields: [
		...accountsFields('all'),
		webhookUrlField(
			'Production URL of the Instagram Trigger that should get the events, to compare with. If left empty, any address of the app is fine.',
		),
		webhookFieldsField('What Meta should send, to compare with. If left empty, whatever the app listens to is fine.'),
	],
	run: async (ctx) => {
		const expected = { url: ctx.param('webhookUrl', '').trim(), fields: ctx.param<string[]>('fields', []) };
		return (await readWebhookStatus(
			ctx.n8n,
			ctx.connection,
			await chosenAccounts(ctx),
			expected,
		)) as unknown as IDataObject;
	},
});
