import type { IDataObject } from 'n8n-workflow';
import { GRAPH_PAGE_SIZE } from '../../../../meta/constants';
import { rowsOf } from '../../../../meta/graph/list';
import { graphPath } from '../../../../meta/graph/path';
import type { RunContext } from '../../define';
import { findTrace, type Trace } from '../../shared/earlierRun';

/** What tells a post from others before it is made. */
type Sought = {
	caption?: string;
	isStory?: boolean;
	/** Meta's parameters of its container. */
	container: IDataObject;
};

/** Meta's names for what a container becomes. */
const POST_TYPES: Record<string, string> = { CAROUSEL: 'CAROUSEL_ALBUM', REELS: 'VIDEO' };

/** Stories show as what they are made of, everything else as what it is. */
function typeOf({ image_url: image, media_type: type }: IDataObject): string {
	return POST_TYPES[String(type)] ?? (type === 'STORIES' && !image ? 'VIDEO' : 'IMAGE');
}

const textOf = (caption: unknown): string => String(caption ?? '').trim();

/** The newest posts or stories of the account, in one call: Meta allows fewer in a day. */
async function readPosts({ account, graph }: RunContext, edge: 'media' | 'stories'): Promise<IDataObject[]> {
	const query = { fields: 'id,caption,timestamp,media_type', limit: GRAPH_PAGE_SIZE };
	const path = edge === 'stories' ? graphPath`/${account().id}/stories` : graphPath`/${account().id}/media`;
	return rowsOf(await graph({ method: 'GET', path, query }));
}

const timeOf = ({ timestamp }: IDataObject): number => Date.parse(String(timestamp));

/**
 * Finds a post that a run before this one has published, when a person retries an execution. Costs one call per account.
 * Posts without a caption, and stories, cannot be told from each other.
 * @throws when nobody can tell whether it has
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export async function findPost(ctx: RunContext, { caption, container, isStory }: Sought): Promise<Trace | undefined> {
	const edge = isStory ? 'stories' : 'media';
	return await findTrace(ctx, { what: 'post', done: 'published', place: 'the account' }, async () => {
		const posts = await ctx.perRun(`${edge} of ${ctx.account().id}`, async () => await readPosts(ctx, edge));
		const wanted = textOf(caption);
		const isMeant = (post: IDataObject) =>
			post.media_type === typeOf(container) && (isStory === true || textOf(post.caption) === wanted);
		return {
			fitting: posts.filter(isMeant).map((post) => ({ id: String(post.id), at: timeOf(post) })),
			isExact: !isStory && wanted !== '',
			backTo: posts.length < GRAPH_PAGE_SIZE ? -Infinity : Math.min(...posts.map(timeOf)),
		};
	});
}
