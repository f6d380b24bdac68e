import type { IDataObject } from 'n8n-workflow';
import { reader } from './define';
import { messageIdentity } from './shared/identity';
import { messageField } from './shared/message';
import { isMessage } from './shared/occurrence';
import { ownObject, text } from './shared/shape';
import { isObject } from './shared/values';

const mentionIn = (body: IDataObject): unknown => {
	const { attachments } = body.message as IDataObject;
	const found = Array.isArray(attachments) && attachments.find((one) => isObject(one) && one.type === 'story_mention');
	return isObject(found) ? found.payload : undefined;
};

/** @see https://developers.facebook.com/docs/messenger-platform/instagram/features/story-mention */
export const storyMention = reader({
	event: 'storyMention',
	name: 'Story Mention',
	description: 'Somebody mentioned the account in a story',
	field: 'messages',
	partOf: 'message',
	output: {
		storyMention: ownObject(mentionIn, 'The story', {
			url: text('url', 'Address of the story; it works as long as the story lives, and Meta forbids to keep a copy'),
		}),
		message: messageField,
	},
	reads: isMessage('storyMention'),
	identity: messageIdentity,
});
