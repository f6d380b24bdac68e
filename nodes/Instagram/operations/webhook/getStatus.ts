import type { IDataObject } from 'n8n-workflow';
import { readWebhookStatus } from '../../../meta/webhookStatus';
import { operation } from '../define';
import { accountsFields, chosenAccounts, webhookUrlField } from '../webhookTargets';

export const getStatus = operation({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of the webhook',
	description: 'See whether events of the accounts reach n8n: the address of the app, its fields, the accounts, and what to do about each problem',
	withoutAccount: true,
	fields: [
		...accountsFields('all'),
		webhookUrlField('Production URL of the Instagram Trigger that should get the events, to compare with. If left empty, any address of the app is fine.'),
	],
	run: async (ctx) =>
		(await readWebhookStatus(ctx.n8n, ctx.connection, await chosenAccounts(ctx), ctx.param('webhookUrl', '').trim())) as unknown as IDataObject,
});
