import { jsonParse, type IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../../meta/login/chooseAccount';
import { isoFromGraph } from '../../../meta/time';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** Meta gives the messages of a flow as JSON in a text. */
const messagesOf = (flow: unknown): unknown =>
	typeof flow === 'string' ? jsonParse(flow, { fallbackValue: flow }) : (flow ?? null);

const simplifyFlow = (flow: IDataObject): IDataObject => ({
	id: flow.id,
	name: flow.name ?? null,
	messages: messagesOf(flow.welcome_message_flow ?? flow.welcome_message) as IDataObject[],
	platforms: ((flow.eligible_platforms ?? []) as string[]).map((platform) => platform.toLowerCase()),
	isUsedInAd: flow.is_used_in_ad ?? null,
	updatedAt: isoFromGraph(flow.last_update_time),
});

/** @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/ads/ads-welcome-message-flows */
export const getWelcomeFlows = operation({
	value: 'getWelcomeFlows',
	name: 'Get Welcome Flows',
	action: 'Get the welcome message flows',
	description: 'List the welcome message flows that ads which open a conversation can use, and whether an ad uses them',
	fields: [
		...returnAllAndLimit,
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Flow ID',
					name: 'flowId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1234567890',
					description: 'Read this flow only',
				},
			],
		},
	],
	run: async ({ account, list, param }) => {
		const flowId = String(param<{ flowId?: string }>('options', {}).flowId ?? '').trim();
		const flows = await list({
			method: 'GET',
			path: graphPath`/${inboxOf(account())}/welcome_message_flows`,
			query: flowId ? { flow_id: flowId } : {},
		});
		return param('simplify', true) ? flows.map(simplifyFlow) : flows;
	},
});
