import { reader } from './define';
import { actOn } from './shared/identity';
import { isMessaging } from './shared/occurrence';
import { referralField } from './shared/referral';
import { id, ownObject, words } from './shared/shape';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const postback = reader({
	event: 'postback',
	name: 'Button Tapped',
	description: 'Somebody tapped an ice breaker, a menu entry or a button of a template',
	field: 'messaging_postbacks',
	output: {
		postback: ownObject('postback', 'The tap', {
			id: id('mid', 'Message that the tap makes in the conversation'),
			title: words('title', 'What stands on the button'),
			payload: words('payload', 'What the button carries'),
			referral: referralField,
		}),
	},
	reads: isMessaging('postback'),
	identity: (body) => actOn('postback', body, 'postback'),
});
