import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inboxOf } from '../../../meta/login/chooseAccount';
import { checkText } from '../../../meta/messages/limits';
import { checkFilled } from '../../../meta/input/check';
import { operation, type RunContext } from '../define';
import { quickReplyFields, readQuickReplies } from '../shared/quickReplies';
import { graphPath } from '../../../meta/graph/path';

const fields: INodeProperties[] = [
	{
		displayName: 'Flow ID',
		name: 'flowId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1234567890',
		description: 'Flow to change; leave it empty to create a new one. A flow that an ad uses cannot be changed.',
	},
	{
		displayName: 'Name',
		name: 'flowName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Summer sale',
		description:
			'Name by which the flow is found in Ads Manager. Needed for a new flow; a changed one keeps its name when this is empty.',
	},
	{
		displayName: 'Text',
		name: 'welcomeText',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Hello! What can we do for you?',
		description:
			'What people see who come from the ad, at most 1,000 bytes. Needed for a new flow; a changed one keeps its message when this is empty.',
	},
	...quickReplyFields,
];

/** The message of the flow in Meta's shape; quick replies are optional here. */
function readFlow(ctx: RunContext, text: string): IDataObject {
	checkText(ctx.fail, text);
	const isByJson = ctx.param<string>('specifyReplies', 'fields') === 'json';
	const hasReplies = isByJson || (ctx.param<{ reply?: unknown[] }>('quickReplies', {}).reply ?? []).length > 0;
	return { message: { text, ...(hasReplies ? { quick_replies: readQuickReplies(ctx) } : {}) } };
}

/** @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/ads/ads-welcome-message-flows */
export const setWelcomeFlow = operation({
	value: 'setWelcomeFlow',
	name: 'Set Welcome Flow',
	action: 'Create or change a welcome message flow',
	description: 'Create or change the first message, with quick replies, of conversations that an ad opens',
	fields,
	run: async (ctx) => {
		const flowId = ctx.param('flowId', '').trim();
		const name = ctx.param('flowName', '').trim();
		const text = ctx.param('welcomeText', '');
		if (!flowId) checkFilled(ctx.fail, 'Name', name);
		const messages = !flowId || text.trim() ? [readFlow(ctx, text)] : undefined;
		const answer = await ctx.graph({
			method: 'POST',
			path: graphPath`/${inboxOf(ctx.account())}/welcome_message_flows`,
			body: {
				...(flowId ? { flow_id: flowId } : { eligible_platforms: ['instagram'] }),
				...(name ? { name } : {}),
				...(messages ? { welcome_message_flow: messages } : {}),
			},
			repeatable: flowId !== '',
			ifUnclear: 'The flow may or may not have been created: look with Get Welcome Flows before you create it again.',
		});
		return { flowId: flowId || String(answer.flow_id), created: flowId === '' };
	},
});
