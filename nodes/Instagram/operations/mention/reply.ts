import { commentTextField, UNCLEAR_COMMENT } from '../shared/commentText';
import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { mentionFields, mentionOf } from './shared/mention';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentions */
export const reply = operation({
	value: 'reply',
	name: 'Reply',
	action: 'Reply to a mention for all to see',
	description:
		'Answer, as the account, a comment in which it was mentioned, or write below a post whose caption mentions it',
	lane: (param) => param('mediaId'),
	fields: [...mentionFields, commentTextField],
	run: alsoAsUser(async (ctx) => {
		const { mediaId, commentId } = mentionOf(ctx);
		const text = ctx.param('text');
		const body = { media_id: mediaId, ...(commentId ? { comment_id: commentId } : {}), message: text };
		const { id } = await ctx.graph({
			method: 'POST',
			path: graphPath`/${ctx.account().id}/mentions`,
			body,
			ifUnclear: UNCLEAR_COMMENT,
		});
		return { id, text, mediaId, commentId: commentId ?? null };
	}),
});
