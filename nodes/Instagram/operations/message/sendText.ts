import type { IDataObject } from 'n8n-workflow';
import { afterParts, type SendOptions } from '../../../meta/messages/send';
import { checkText } from '../../../meta/messages/limits';
import { splitText } from '../../../meta/messages/splitText';
import { operation, type RunContext } from '../define';
import { sendMessage, sendOptions, textField, type Sent } from './shared/sending';
import { recipientField } from '../shared/personField';

type Options = SendOptions & { splitLongText?: boolean };

/** The first part is the answer to an earlier message, the last one hands over; all are of a human agent if one is. */
const optionsOfPart = (
	{ replyTo, humanAgent, threadControl, passToAppId }: Options,
	index: number,
	count: number,
): SendOptions => ({
	humanAgent,
	...(index === 0 ? { replyTo } : {}),
	...(index === count - 1 ? { threadControl, passToAppId } : {}),
});

/** Where the parts that went out stand in the item's progress. */
const PARTS = 'parts';

async function sendParts(ctx: RunContext, parts: string[], options: Options): Promise<IDataObject> {
	const sent = [...(ctx.progress.get<Sent[]>(PARTS) ?? [])];
	for (const [index, text] of parts.entries()) {
		if (index < sent.length) continue;
		if (ctx.isCancelled())
			throw afterParts(ctx.fail('The execution was cancelled', 'Nothing more was sent.'), index, parts.length);
		const answer = await sendMessage(ctx, { text }, { options: optionsOfPart(options, index, parts.length) }).catch(
			(error: Error) => {
				throw afterParts(error, index, parts.length);
			},
		);
		sent.push(answer);
		ctx.progress.set(PARTS, sent);
	}
	const { sentAt, wasSentBefore, ...first } = sent[0];
	const isAllBefore = sent.every((part) => part.wasSentBefore);
	return {
		...first,
		...(isAllBefore ? { wasSentBefore, sentAt } : {}),
		messageIds: sent.map(({ messageId }) => messageId),
	};
}

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
export const sendText = operation({
	value: 'sendText',
	name: 'Send Text',
	action: 'Send a text message',
	description: 'Send a direct message to a person who wrote to the account within the last 24 hours',
	lane: (param) => param('recipientId'),
	fields: [
		recipientField,
		textField,
		sendOptions({
			displayName: 'Split Long Text',
			name: 'splitLongText',
			type: 'boolean',
			default: false,
			description:
				'Whether to send a text of more than 1,000 bytes as several messages, cut between words. The item then lists all message IDs.',
		}),
	],
	run: async (ctx) => {
		const text = ctx.param('text');
		const options = ctx.param<Options>('options', {});
		if (options.splitLongText) return await sendParts(ctx, splitText(text), options);
		checkText(ctx.fail, text);
		return await sendMessage(ctx, { text });
	},
});
