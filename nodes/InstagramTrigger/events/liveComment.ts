import { reader } from './define';
import { commentField, commentIdOf } from './shared/comment';
import { isChange } from './shared/occurrence';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const liveComment = reader({
	event: 'liveComment',
	name: 'Live Comment',
	description: 'Somebody commented on a live video of the account, while it runs',
	field: 'live_comments',
	textIn: 'comment',
	output: { comment: commentField },
	reads: isChange('live_comments'),
	identity: (value) => [commentIdOf(value), 'live'],
});
