import { control, metadataOf, metadataOption } from './shared/control';
import { operation } from '../define';
import { personField } from '../shared/personField';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const requestControl = operation({
	value: 'requestControl',
	name: 'Request Control',
	action: 'Request control of a conversation',
	description:
		'Ask the app that controls a conversation to pass it on; a conversation that nobody controls is given at once. Works only without Conversation Routing. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [personField, metadataOption],
	run: async (ctx) => ({ conversationWith: await control(ctx, 'request', metadataOf(ctx)), requested: true }),
});
