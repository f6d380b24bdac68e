import type { IDataObject } from 'n8n-workflow';
import { reader } from './define';
import { messageIdentity } from './shared/identity';
import { messageField, storyShape } from './shared/message';
import { isMessage } from './shared/occurrence';
import { ownObject } from './shared/shape';
import { isObject } from './shared/values';

const storyIn = (body: IDataObject): unknown => {
	const { reply_to } = body.message as IDataObject;
	return isObject(reply_to) ? reply_to.story : undefined;
};

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const storyReply = reader({
	event: 'storyReply',
	name: 'Story Reply',
	description: 'Somebody answered a story of the account',
	field: 'messages',
	partOf: 'message',
	textIn: 'message',
	output: { storyReply: ownObject(storyIn, 'The story', storyShape), message: messageField },
	reads: isMessage('storyReply'),
	identity: messageIdentity,
});
