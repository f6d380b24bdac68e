import { reader } from './define';
import { actOn } from './shared/identity';
import { isMessaging } from './shared/occurrence';
import { id, ownObject, text } from './shared/shape';

/** @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/response_feedback */
export const feedback = reader({
	event: 'feedback',
	name: 'Response Feedback',
	description:
		'Somebody rated an answer of the account; subscribing to it shows the buttons for that in all conversations',
	field: 'response_feedback',
	output: {
		feedback: ownObject('response_feedback', 'The rating', {
			rating: text('feedback', '`Good response` or `Bad response`'),
			messageId: id('mid', 'The message that was rated'),
		}),
	},
	reads: isMessaging('response_feedback'),
	identity: (body) => actOn('feedback', body, 'response_feedback', 'feedback'),
});
