import type { IDataObject } from 'n8n-workflow';
import type { RunContext } from '../define';
import { graphPath } from '../../../meta/graph/path';

/** What a like is for: `media_id` or `comment_id`. */
type Liked = { media_id: string } | { comment_id: string };

/**
 * Likes something as the account, or takes the like back; doing it twice is no error. Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export async function setLike({ account, graph }: RunContext, liked: Liked, isOn: boolean): Promise<IDataObject> {
	const path = graphPath`/${account().id}/likes`;
	await graph(
		isOn
			? { method: 'POST', path, body: liked, repeatable: true, pace: 'likes' }
			: { method: 'DELETE', path, query: liked, repeatable: true, pace: 'likes' },
	);
	return { liked: isOn };
}
