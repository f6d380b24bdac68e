import type { IDataObject } from 'n8n-workflow';
import { reader } from './define';
import { readMessage } from './message';

/** @see https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook */
export const echo = reader({
	event: 'echo',
	name: 'Message Sent',
	description: 'The account itself sent a message, by hand or through an app',
	field: 'messages',
	pageField: 'message_echoes',
	optional: true,
	reads: ({ kind, raw }) => kind === 'message' && (raw.message as IDataObject).is_echo === true,
	read: (occurrence) => readMessage('echo', occurrence),
});
