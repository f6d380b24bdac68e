import { reader } from './define';
import { commentField, commentIdOf } from './shared/comment';
import { isChange } from './shared/occurrence';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const comment = reader({
	event: 'comment',
	name: 'Comment',
	description: 'Somebody commented on a post, reel or ad of the account, or answered a comment',
	field: 'comments',
	textIn: 'comment',
	output: { comment: commentField },
	reads: isChange('comments'),
	identity: (value) => [commentIdOf(value)],
});
