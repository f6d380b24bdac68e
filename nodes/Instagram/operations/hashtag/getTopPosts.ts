import { HASHTAG_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { HASHTAG_NOTE, hashtagField, hashtagPosts } from './shared/hashtag';
import { fieldsField } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag/top-media
 */
export const getTopPosts = operation({
	value: 'getTopPosts',
	name: 'Get Top Posts',
	action: 'Get the most popular posts of a hashtag',
	description: `List the most popular public posts with a hashtag. Meta does not say whose they are. ${HASHTAG_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	fields: [hashtagField, ...returnAllAndLimit, fieldsField(HASHTAG_FIELDS), simplify],
	run: alsoAsUser(async (ctx) => await hashtagPosts(ctx, (id) => graphPath`/${id}/top_media`)),
});
