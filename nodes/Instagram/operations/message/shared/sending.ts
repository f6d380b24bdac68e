import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inboxOf } from '../../../../meta/login/chooseAccount';
import {
	sendBody,
	sentMessage,
	UNCLEAR_SEND,
	type SendOptions,
	type SentMessage,
} from '../../../../meta/messages/send';
import type { Pace } from '../../../../meta/limits/pace';
import type { RunContext } from '../../define';
import { cutOffRunOption } from '../../shared/earlierRun';
import { personOf } from '../../shared/personField';
import { graphPath } from '../../../../meta/graph/path';
import { findSent, soughtOf, type Sought } from './sentBefore';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEO...',
	description: 'ID of the message, from a trigger event or from Get Messages of a conversation',
};

export const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Thanks for writing!',
	description: 'At most 1,000 bytes: a plain letter is 1, an accented one 2, an emoji 4 or more',
};

const SEND_OPTIONS: INodeProperties[] = [
	{
		displayName: 'After Sending',
		name: 'threadControl',
		type: 'options',
		default: 'release',
		description:
			'What happens to the control of the conversation once the message is out. Needs Conversation Routing in the Page settings.',
		options: [
			{ name: 'Pass Control', value: 'pass', description: 'Give the conversation to another app or inbox' },
			{
				name: 'Release Control',
				value: 'release',
				description: 'Give the conversation back: the default app answers next',
			},
		],
	},
	{
		displayName: 'Human Agent',
		name: 'humanAgent',
		type: 'boolean',
		default: false,
		description:
			'Whether a person wrote this answer, so that it may go out up to 7 days after the last message of the recipient. Meta forbids it for automated answers and for promotion, and the app needs the Human Agent feature.',
	},
	{
		displayName: 'Pass Control to App ID',
		name: 'passToAppId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1217981644879628',
		description:
			"App or inbox that gets control with Pass Control; the account's default app when empty. The Instagram inbox is 1217981644879628, the Page inbox 263902037430900.",
	},
	{
		displayName: 'Reply to Message ID',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEO...',
		description: 'Message of the same conversation to which this one is shown as an answer',
	},
];

/** The Options of every operation that sends something; `more` adds to them. */
export function sendOptions(...more: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...SEND_OPTIONS, cutOffRunOption, ...more].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** How a message goes out, where it differs from the usual. */
type Way = {
	/** The node's Options when absent. */
	options?: SendOptions;
	pace?: Pace;
	/** What tells the message from others of its conversation; its content when absent. */
	sought?: Sought;
};

/** A message that went out, now or in an earlier run. */
export type Sent = SentMessage & { wasSentBefore?: true; sentAt?: string };

/**
 * Sends a message to the chosen recipient, unless a run before this one, which a person retries, has sent it.
 * @throws when nobody can tell whether it has
 */
export async function sendMessage(
	ctx: RunContext,
	message: IDataObject,
	{ options, pace = 'messages', sought = soughtOf(message) }: Way = {},
): Promise<Sent> {
	const recipientId = personOf(ctx, 'recipientId');
	const body = sendBody(ctx.fail, { id: recipientId }, message, options ?? ctx.param<SendOptions>('options', {}));
	const known = await findSent(ctx, recipientId, sought);
	if (known) return { messageId: known.id, recipientId, wasSentBefore: true, sentAt: new Date(known.at).toISOString() };
	const answer = await ctx.graph({
		method: 'POST',
		path: graphPath`/${inboxOf(ctx.account())}/messages`,
		body,
		pace,
		ifUnclear: UNCLEAR_SEND,
	});
	const sent = sentMessage(answer);
	ctx.taken.add(sent.messageId);
	return sent;
}

/**
 * Sends a sender action, which may be sent twice without harm.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/sender-actions
 */
export async function sendAction(ctx: RunContext, action: string, payload?: IDataObject): Promise<IDataObject> {
	const recipientId = personOf(ctx, 'recipientId');
	await ctx.graph({
		method: 'POST',
		path: graphPath`/${inboxOf(ctx.account())}/messages`,
		body: { recipient: { id: recipientId }, sender_action: action, ...(payload ? { payload } : {}) },
		pace: 'messages',
		repeatable: true,
	});
	return { recipientId };
}
