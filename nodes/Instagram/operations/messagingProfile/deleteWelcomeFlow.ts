import { inboxOf } from '../../../meta/login/chooseAccount';
import { operation } from '../define';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/ads/ads-welcome-message-flows */
export const deleteWelcomeFlow = operation({
	value: 'deleteWelcomeFlow',
	name: 'Delete Welcome Flow',
	action: 'Delete a welcome message flow for good',
	description: 'Delete a welcome message flow. One that an ad uses cannot be deleted.',
	fields: [
		{
			displayName: 'Flow ID',
			name: 'flowId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234567890',
			description: 'ID of the flow, from Get Welcome Flows',
		},
	],
	run: async ({ account, graph, param }) => {
		const flowId = param('flowId').trim();
		await graph({
			method: 'DELETE',
			path: graphPath`/${inboxOf(account())}/welcome_message_flows`,
			query: { flow_id: flowId },
			repeatable: true,
		});
		return { deleted: true, flowId };
	},
});
