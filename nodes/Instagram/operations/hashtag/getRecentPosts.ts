import { HASHTAG_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { HASHTAG_NOTE, hashtagField, hashtagPosts } from './shared/hashtag';
import { fieldsField } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag/recent-media
 */
export const getRecentPosts = operation({
	value: 'getRecentPosts',
	name: 'Get Recent Posts',
	action: 'Get the recent posts of a hashtag',
	description: `List public posts of the last 24 hours with a hashtag, newest first. Meta does not say whose they are. ${HASHTAG_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	fields: [hashtagField, ...returnAllAndLimit, fieldsField(HASHTAG_FIELDS), simplify],
	run: alsoAsUser(async (ctx) => await hashtagPosts(ctx, (id) => graphPath`/${id}/recent_media`)),
});
