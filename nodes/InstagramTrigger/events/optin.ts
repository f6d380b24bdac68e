import { reader } from './define';
import { isMessaging } from './shared/occurrence';
import { id, ownObject, text, time } from './shared/shape';

/**
 * Meta documents the shape for Messenger only, and sends the same sample for Instagram.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_optins
 */
export const optin = reader({
	event: 'optin',
	name: 'Opt-In',
	description: 'Somebody agreed to get notification messages, or changed that',
	field: 'messaging_optins',
	output: {
		optin: ownObject('optin', 'The consent', {
			type: text('type', '`notification_messages`'),
			payload: text('payload', 'What you gave the request for consent to carry'),
			title: text('title', 'Title of the request'),
			ref: text('ref', 'Your own word from the plugin'),
			notificationToken: text(
				'notification_messages_token',
				'Stands for the person when you send the notification messages',
			),
			frequency: text('notification_messages_frequency', 'How often they may come'),
			timezone: text('notification_messages_timezone', 'Time zone of the person'),
			tokenStatus: text('user_token_status', '`REFRESHED` or `NOT_REFRESHED`'),
			status: text('notification_messages_status', '`STOP NOTIFICATIONS` or `RESUME NOTIFICATIONS`'),
			expiresAt: time('token_expiry_timestamp', 'When the consent ends'),
			userRef: id('user_ref', 'Stands for a person whom Meta does not name'),
		}),
	},
	reads: isMessaging('optin'),
});
