import { MESSAGE_LIMITS } from '../../../meta/messages/limits';
import { control } from './shared/control';
import { operation } from '../define';
import { personField } from '../shared/personField';

/**
 * Facebook Login only. Extends control, not the messaging window.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const extendControl = operation({
	value: 'extendControl',
	name: 'Extend Control',
	action: 'Extend control of a conversation',
	description:
		'Keep control of a conversation for longer than 24 hours without a message. Works while this app controls it. The messaging window stays as it is. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		personField,
		{
			displayName: 'Hours',
			name: 'hours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 168 },
			default: 24,
			description: 'How long to keep control from now on, at most 168 hours (7 days)',
		},
	],
	run: async (ctx) => {
		const hours = Number(ctx.param<unknown>('hours', 24));
		if (!(hours > 0 && hours <= MESSAGE_LIMITS.controlHours)) {
			throw ctx.fail(
				`Control cannot be extended by ${hours} hours; Meta takes at most ${MESSAGE_LIMITS.controlHours}`,
				'Enter a number between 1 and 168, which is 7 days.',
			);
		}
		const duration = Math.max(1, Math.round(hours * 3600));
		return { conversationWith: await control(ctx, 'extend', { duration }, true), extendedByHours: hours };
	},
});
