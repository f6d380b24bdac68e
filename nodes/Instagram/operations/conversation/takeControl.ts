import { control, metadataOf, metadataOption } from './shared/control';
import { operation } from '../define';
import { personField } from '../shared/personField';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const takeControl = operation({
	value: 'takeControl',
	name: 'Take Control',
	action: 'Take control of a conversation',
	description:
		'Take a conversation away from the app or inbox that controls it. Needs Conversation Routing, and the permission to take control in the Page settings (Advanced Messaging). Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [personField, metadataOption],
	run: async (ctx) => ({ conversationWith: await control(ctx, 'take', metadataOf(ctx)), taken: true }),
});
