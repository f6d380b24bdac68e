import type { IDataObject } from 'n8n-workflow';
import { reader } from './define';
import { readMessage } from './message';

/**
 * Carries the ID of the message that is gone, so it needs a name of its own: as a `message` it would be its repeat.
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook
 */
export const messageDeleted = reader({
	event: 'messageDeleted',
	name: 'Message Deleted',
	description: 'Somebody took a message back; its content must be deleted where it was stored',
	field: 'messages',
	pageField: 'messages',
	reads: ({ kind, raw }) => kind === 'message' && (raw.message as IDataObject).is_deleted === true,
	read: (occurrence) => readMessage('messageDeleted', occurrence),
});
