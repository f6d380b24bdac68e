import { inboxOf } from '../../../meta/account';
import { MESSAGE_TEXT_MAX_BYTES } from '../../../meta/constants';
import { operation } from '../define';

/** @see https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message */
export const sendText = operation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text message',
	description: 'Send a direct message to a person who wrote to the account within the last 24 hours',
	lane: (param) => param('recipientId'),
	fields: [
		{
			displayName: 'Recipient ID',
			name: 'recipientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.conversationWith }}',
			description: "The person's ID for this account, from a trigger event or a conversation; not the username",
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. Thanks for writing!',
			description: 'At most 1,000 bytes: a plain letter is 1, an accented one 2, an emoji 4 or more',
		},
	],
	run: async ({ account, fail, graph, param }) => {
		const text = param('text');
		const bytes = Buffer.byteLength(text, 'utf8');
		if (bytes > MESSAGE_TEXT_MAX_BYTES) {
			throw fail(
				`The text has ${bytes} bytes; Instagram takes at most ${MESSAGE_TEXT_MAX_BYTES}`,
				'Shorten it or send it in parts. A plain letter is 1 byte, an accented one 2, an emoji 4 or more.',
			);
		}
		const answer = await graph({
			method: 'POST',
			path: `/${inboxOf(account())}/messages`,
			body: { recipient: { id: param('recipientId') }, message: { text } },
			ifUnclear: 'The message may or may not have been sent: look into the conversation before you send it again.',
		});
		return { messageId: answer.message_id, recipientId: answer.recipient_id };
	},
});
