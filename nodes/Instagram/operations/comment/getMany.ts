import type { IDataObject } from 'n8n-workflow';
import { COMMENT_FIELDS, COMMENT_PAGE_SIZE } from '../../../meta/reading/comments';
import { nextCursor } from '../../../meta/graph/paging';
import { rowsOf } from '../../../meta/graph/list';
import { shownComments } from './shared/comments';
import { operation, type RunContext } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { postField, postIdOf } from '../shared/postField';
import { optionsField } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const WITH_REPLIES = `${COMMENT_FIELDS},replies.limit(${COMMENT_PAGE_SIZE}){${COMMENT_FIELDS}}`;

/** A comment and its replies; those beyond the first page are read one page after the other. */
async function withReplies({ graph }: RunContext, { replies, ...comment }: IDataObject): Promise<IDataObject[]> {
	const found = [comment, ...rowsOf(replies)];
	let after = nextCursor((replies ?? {}) as IDataObject);
	while (after) {
		const query = { fields: COMMENT_FIELDS, limit: COMMENT_PAGE_SIZE, after };
		const page = await graph({ method: 'GET', path: graphPath`/${String(comment.id)}/replies`, query });
		found.push(...rowsOf(page));
		after = nextCursor(page);
	}
	return found;
}

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments */
export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many comments',
	description:
		'List the comments below a post, newest first. Comments of restricted people are not among them; those of a live video only during the broadcast.',
	fields: [
		postField,
		...returnAllAndLimit,
		simplify,
		optionsField({
			displayName: 'Include Replies',
			name: 'includeReplies',
			type: 'boolean',
			default: false,
			description:
				'Whether to also return the replies, each as an item of its own after its comment. The limit counts comments only.',
		}),
	],
	run: async (ctx) => {
		const { includeReplies = false } = ctx.param<{ includeReplies?: boolean }>('options', {});
		const path = graphPath`/${await postIdOf(ctx)}/comments`;
		const comments = await ctx.list({
			method: 'GET',
			path,
			query: { fields: includeReplies ? WITH_REPLIES : COMMENT_FIELDS },
		});
		if (!includeReplies) return shownComments(ctx, comments);
		const all: IDataObject[] = [];
		for (const comment of comments) all.push(...(await withReplies(ctx, comment)));
		return shownComments(ctx, all);
	},
});
