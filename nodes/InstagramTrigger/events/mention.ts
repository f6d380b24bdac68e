import { reader } from './define';
import { isChange } from './shared/occurrence';
import { id, ownObject } from './shared/shape';

/**
 * With Instagram Login, mentions come as comments, and nothing in them tells the two apart.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export const mention = reader({
	event: 'mention',
	name: 'Mention',
	description: 'Somebody mentioned the account in a caption or a comment; with Instagram Login, choose Comment instead',
	field: 'mentions',
	output: {
		mention: ownObject((value) => value, 'Where it happened; Meta says neither who nor what: ask with Mention: Get', {
			mediaId: id('media_id', 'Post in whose caption or below which it stands'),
			commentId: id('comment_id', 'Comment in which it stands; null when it stands in the caption'),
		}),
	},
	reads: isChange('mentions'),
	identity: ({ media_id, comment_id }) => [comment_id ?? media_id, 'mention'],
});
