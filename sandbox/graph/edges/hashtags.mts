import { createHash } from 'node:crypto';
import { DAY_MS } from '../../world/clock.mts';
import { feedOf } from '../../world/media.mts';
import type { Account } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { accountOfPage, reachesPage } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import type { AnyPost } from '../nodes/publicMedia.mts';
import { hashtagMediaNode, isPrivatePost } from '../nodes/publicMedia.mts';
import { edgePage } from '../engine/paging.mts';
import { readCallParams } from '../engine/call.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { needScopes } from '../engine/tasks.mts';

/** A hashtag; its id is the same for everybody. */
type Hashtag = {
	id: string;
	name: string;
};

const SCOPES = ['instagram_basic'];
const MAX_HASHTAGS = 30;
const WEEK_MS = 7 * DAY_MS;
const MAX_PAGE = 50;

const idOf = (name: string): string => {
	const digest = createHash('sha256').update(name).digest();
	return `178${String(digest.readBigUInt64BE() % 10n ** 14n).padStart(14, '0')}`;
};

const checkFeature = (call: Call): void => {
	if (call.app?.publicContentAccess) return;
	throw new GraphError({
		code: 10,
		status: 403,
		message: '(#10) The app does not have the feature Instagram Public Content Access',
	});
};

/** The account on whose behalf is searched: one that the token reaches. */
const searcher = (call: Call): Account => {
	const { world } = call;
	const account = [...world.pages.values()]
		.filter((page) => reachesPage(world, tokenOf(call), page.id))
		.map((page) => accountOfPage(world, page))
		.find((one) => one?.id === String(call.params.user_id));
	if (!account) throw invalidParam('Param user_id names no account of this token', 33);
	return account;
};

const isRecent = (world: World, at: number): boolean => world.clock.now() - at < WEEK_MS;

/** Count a hashtag against the 30 of a rolling week; searching it again does not count. */
const countSearch = (call: Call, account: Account, name: string): void => {
	for (const [known, at] of account.hashtags) if (!isRecent(call.world, at)) account.hashtags.delete(known);
	if (account.hashtags.has(name)) return;
	if (account.hashtags.size >= MAX_HASHTAGS)
		throw new GraphError({
			code: 18,
			message: `(#18) The account has searched ${MAX_HASHTAGS} hashtags within a week`,
		});
	account.hashtags.set(name, call.world.clock.now());
};

/**
 * `GET /ig_hashtag_search`.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag-search
 */
export function searchHashtag(call: Call): unknown {
	call.params = readCallParams(call, { user_id: 'string!', q: 'string!' });
	needScopes(call, SCOPES);
	checkFeature(call);
	const account = searcher(call);
	const name = String(call.params.q).replace(/^#/, '').toLowerCase();
	if (!/^[\p{L}\p{N}_]+$/u.test(name)) throw invalidParam('Param q must be one hashtag, without emoji and spaces');
	// Of sensitive hashtags one only learns that it did not work.
	if (call.world.settings.sensitiveHashtags.includes(name))
		throw new GraphError({ code: 1, status: 500, message: 'An unknown error has occurred' });
	countSearch(call, account, name);
	const id = idOf(name);
	call.world.hashtags.set(id, { id, name });
	return { data: [{ id }] };
}

const hashtagNode: NodeType<Hashtag> = {
	name: 'ShadowIGHashtag',
	defaults: ['id'],
	fields: { id: ({ id }) => id, name: ({ name }) => name },
};

const carries = (post: AnyPost, name: string): boolean =>
	[...post.caption.matchAll(/#([\p{L}\p{N}_]+)/gu)].some(([, tag]) => tag.toLowerCase() === name);

const postsWith = (call: Call, { name }: Hashtag): AnyPost[] => {
	const { world } = call;
	const ofAccounts = [...world.accounts.values()].flatMap((account) => feedOf(world, account));
	return [...ofAccounts, ...world.publicPosts.values()]
		.filter((post) => carries(post, name) && !isPrivatePost(post))
		.sort((a, b) => b.at - a.at);
};

const mediaList = (edge: string, arrange: (call: Call, posts: AnyPost[]) => AnyPost[]): Endpoint =>
	endpoint({
		on: 'hashtag',
		edge,
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: { user_id: 'string!' },
		run: async (call, hashtag) => {
			checkFeature(call);
			const account = searcher(call);
			countSearch(call, account, hashtag.name);
			const page = await edgePage(call, {
				items: arrange(call, postsWith(call, hashtag)),
				keyOf: (post) => post.id,
				type: hashtagMediaNode,
				maxLimit: MAX_PAGE,
			});
			const paging = page.paging as { cursors: { before?: string } } | undefined;
			if (paging) delete paging.cursors.before;
			return page;
		},
	});

/**
 * Hashtags and their posts: public ones only, and not whose they are.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag/recent-media
 */
export const hashtagEndpoints: Endpoint[] = [
	endpoint({
		on: 'hashtag',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, hashtag) => {
			checkFeature(call);
			return selectNode(hashtagNode, hashtag, call.fields, call);
		},
	}),
	mediaList('recent_media', (call, posts) => posts.filter(({ at }) => call.world.clock.now() - at < DAY_MS)),
	mediaList('top_media', (_call, posts) => [...posts].sort((a, b) => b.likes - a.likes)),
	endpoint({
		on: 'account',
		edge: 'recently_searched_hashtags',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, account) => {
			checkFeature(call);
			const names = [...account.hashtags].filter(([, at]) => isRecent(call.world, at));
			return edgePage(call, {
				items: names.map(([name]) => ({ id: idOf(name), name })),
				keyOf: ({ id }) => id,
				type: hashtagNode,
				maxLimit: MAX_HASHTAGS,
			});
		},
	}),
];
