import type { IDataObject } from 'n8n-workflow';
import { messagingEvent, reader, type InstagramEvent, type Occurrence } from './define';

type Attachment = { type?: string; payload?: IDataObject | null };

const attachmentsOf = (value: unknown): Attachment[] =>
	Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];

/** An attachment with its address on top; what else Meta says about it stays beside. */
const attachment = ({ type, payload }: Attachment): IDataObject => {
	const { url, ...rest } = payload ?? {};
	return { type: type ?? 'unknown', url: url ?? null, ...rest };
};

/** The `message` object of an item, the same for incoming messages and echoes. */
export function readMessage(event: string, occurrence: Occurrence): InstagramEvent {
	const message = occurrence.raw.message as IDataObject;
	return messagingEvent(event, occurrence, message.mid, {
		message: {
			id: message.mid ?? null,
			text: message.text ?? '',
			attachments: attachmentsOf(message.attachments).map(attachment),
			quickReply: message.quick_reply ?? null,
			replyTo: message.reply_to ?? null,
			referral: message.referral ?? null,
			isDeleted: message.is_deleted === true,
			isUnsupported: message.is_unsupported === true,
		},
	});
}

/** @see https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook */
export const message = reader({
	event: 'message',
	name: 'Message Received',
	description: 'Somebody sent a direct message: text, attachments, a story reply or a quick reply',
	field: 'messages',
	pageField: 'messages',
	reads: ({ kind, raw }) => {
		if (kind !== 'message') return false;
		const { is_echo, is_deleted } = raw.message as IDataObject;
		return is_echo !== true && is_deleted !== true;
	},
	read: (occurrence) => readMessage('message', occurrence),
});
