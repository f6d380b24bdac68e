import { control, metadataOf, metadataOption } from './shared/control';
import { operation } from '../define';
import { personField } from '../shared/personField';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const releaseControl = operation({
	value: 'releaseControl',
	name: 'Release Control',
	action: 'Release control of a conversation',
	description:
		'Give a conversation back, so that nobody controls it and the default app answers next. Works while this app controls it. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [personField, metadataOption],
	run: async (ctx) => ({ conversationWith: await control(ctx, 'release', metadataOf(ctx)), released: true }),
});
