import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../../meta/login/chooseAccount';
import { sendBody, sentMessage } from '../../../meta/messages/send';
import { operation } from '../define';
import { mayGoAsText, readReply, replyFields, type ReplyType } from './shared/privateReply';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/private-replies */
export const replyPrivately = operation({
	value: 'replyPrivately',
	name: 'Reply Privately',
	action: 'Reply privately to a comment',
	description:
		'Send one direct message, a text or one with buttons, to a person who commented on a post, reel or ad within the last 7 days. Only when the person answers or taps a button may more follow.',
	fields: [
		{
			displayName: 'Comment ID',
			name: 'commentId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 17894227972186120',
			description:
				'ID of the comment, from a trigger event. A comment can be answered once; one on a live video only during the broadcast.',
		},
		...replyFields,
	],
	run: async (ctx) => {
		const type = ctx.param<ReplyType>('replyType', 'text');
		const { message, text } = readReply(ctx, type);
		const commentId = ctx.param('commentId').trim();
		const send = async (content: IDataObject) =>
			await ctx.graph({
				method: 'POST',
				path: graphPath`/${inboxOf(ctx.account())}/messages`,
				pace: 'messages',
				body: sendBody(ctx.fail, { comment_id: commentId }, content),
				ifUnclear:
					'The reply may or may not have been sent. Trying again does no harm: Meta takes one private reply per comment.',
			});
		let sentAs = type;
		const answer = await send(message).catch(async (error: Error) => {
			if (type === 'text' || !mayGoAsText(error, text)) throw error;
			// The comment or the person may be at fault after all: then the first refusal, of what was asked for, is told.
			const plain = await send({ text }).catch(() => {
				throw error;
			});
			sentAs = 'text';
			ctx.warn(`Meta refused the buttons of a private reply, so its text went out alone: ${error.message}.`);
			return plain;
		});
		return { ...sentMessage(answer), commentId, sentAs };
	},
});
