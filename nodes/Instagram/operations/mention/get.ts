import type { IDataObject } from 'n8n-workflow';
import { MENTIONED_POST_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { simplify } from '../shared/listing';
import { mentionFields, mentionOf } from './shared/mention';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const COMMENT = ['id', 'text', 'timestamp', 'like_count', 'media'];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentioned_comment
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentioned_media
 */
export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get a mention',
	description:
		'Read the comment, or the post with its caption, in which somebody mentioned the account. Stories that mention it come as messages. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		...mentionFields,
		{
			...fieldsField(MENTIONED_POST_FIELDS),
			description: 'Fields of the post to read, for a mention in a caption; the usual ones when none is chosen',
		},
		simplify,
	],
	run: alsoAsUser(async (ctx) => {
		const { mediaId, commentId } = mentionOf(ctx);
		const { query, names } = chosenFields(ctx, MENTIONED_POST_FIELDS);
		const field = commentId ? 'mentioned_comment' : 'mentioned_media';
		const asked = commentId
			? `comment_id(${commentId}){id,text,timestamp,like_count,media{id,media_url}}`
			: `media_id(${mediaId}){${query}}`;
		const answer = await ctx.graph({
			method: 'GET',
			path: graphPath`/${ctx.account().id}`,
			query: { fields: `${field}.${asked}` },
			mayLackFields: true,
		});
		const [found] = shown(ctx, [(answer[field] ?? {}) as IDataObject], commentId ? COMMENT : names);
		return { mentionedIn: commentId ? 'comment' : 'caption', ...found };
	}),
});
