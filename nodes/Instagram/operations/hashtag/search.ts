import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { HASHTAG_NOTE, hashtagField, hashtagIdOf, hashtagName } from './shared/hashtag';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag-search
 */
export const search = operation({
	value: 'search',
	name: 'Search',
	action: 'Search a hashtag',
	description: `Look up the ID of a hashtag, which is the same for everybody. ${HASHTAG_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	fields: [{ ...hashtagField, description: 'The hashtag, with or without #' }],
	run: alsoAsUser(async (ctx) => {
		const name = hashtagName(ctx);
		return { id: await hashtagIdOf(ctx, name), name };
	}),
});
