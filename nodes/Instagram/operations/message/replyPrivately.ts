import { inboxOf } from '../../../meta/login/chooseAccount';
import { sendBody, sentMessage } from '../../../meta/messages/send';
import { checkText } from '../../../meta/messages/limits';
import { operation } from '../define';
import { textField } from './shared/sending';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/private-replies */
export const replyPrivately = operation({
	value: 'replyPrivately',
	name: 'Reply Privately',
	action: 'Reply privately to a comment',
	description:
		'Send one direct message to a person who commented on a post, reel or ad within the last 7 days. Only when the person answers may more follow.',
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
		textField,
	],
	run: async ({ account, fail, graph, param }) => {
		const text = param('text');
		const commentId = param('commentId').trim();
		checkText(fail, text);
		const answer = await graph({
			method: 'POST',
			path: graphPath`/${inboxOf(account())}/messages`,
			pace: 'messages',
			body: sendBody(fail, { comment_id: commentId }, { text }),
			ifUnclear:
				'The reply may or may not have been sent. Trying again does no harm: Meta takes one private reply per comment.',
		});
		return { ...sentMessage(answer), commentId };
	},
});
