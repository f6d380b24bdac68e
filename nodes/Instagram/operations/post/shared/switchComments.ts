import type { IDataObject } from 'n8n-workflow';
import type { RunContext } from '../../define';
import { postIdOf } from '../../shared/postField';
import { graphPath } from '../../../../meta/graph/path';

/**
 * Opens or closes a post for comments. What was written before stays.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media
 */
export async function switchComments(ctx: RunContext, enabled: boolean): Promise<IDataObject> {
	const postId = await postIdOf(ctx);
	await ctx.graph({
		method: 'POST',
		path: graphPath`/${postId}`,
		body: { comment_enabled: enabled },
		repeatable: true,
	});
	return { postId, commentsEnabled: enabled };
}
