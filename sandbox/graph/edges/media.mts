import { feedOf, livesOf, storiesOf } from '../../world/media.mts';
import { unixSeconds } from '../../world/clock.mts';
import type { Account, Media, ScheduledPost } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { publishingError } from '../engine/errors.mts';
import { accountNode } from '../nodes/account.mts';
import { mediaNode } from '../nodes/media.mts';
import type { AnyPost } from '../nodes/publicMedia.mts';
import { isPrivatePost, publicMediaNode } from '../nodes/publicMedia.mts';
import { edgePage } from '../engine/paging.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['instagram_basic'];
/** Only the newest ten thousand posts are reachable. */
const REACHABLE = 10_000;

const between = (call: Call, items: Media[]): Media[] => {
	const since = (call.params.since as number | undefined) ?? -Infinity;
	const until = (call.params.until as number | undefined) ?? Infinity;
	return items.filter((media) => media.at >= since && media.at <= until);
};

/** Posts of others on whose pictures the account is tagged. */
const taggedIn = (call: Call, { username }: Account): AnyPost[] =>
	[...call.world.media.values(), ...call.world.publicPosts.values()]
		.filter(
			(post) =>
				!isPrivatePost(post) && post.productType !== 'STORY' && post.userTags.some((tag) => tag.username === username),
		)
		.sort((a, b) => b.at - a.at);

const scheduledNode: NodeType<ScheduledPost> = {
	name: 'ShadowIGScheduledMedia',
	defaults: ['id'],
	fields: {
		id: ({ id }) => id,
		caption: ({ caption }) => caption,
		media_type: () => 'IMAGE',
		media_url: ({ assetId }, { call }) => mediaUrl(call.world, assetId),
		thumbnail_url: () => undefined,
		publish_timestamp: ({ publishAt }) => unixSeconds(publishAt),
	},
};

const mediaList = (edge: string, read: (call: Call, account: Account) => Media[]): Endpoint =>
	endpoint({
		on: 'account',
		edge,
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: { since: 'datetime', until: 'datetime' },
		run: (call, account) =>
			edgePage(call, {
				items: between(call, read(call, account)).slice(0, REACHABLE),
				keyOf: (media) => media.id,
				type: mediaNode,
			}),
	});

/**
 * The account itself, its posts, and single posts.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media
 */
export const mediaEndpoints: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: { adgroup_id: 'string' },
		run: async (call, account) => {
			const node = await selectNode(accountNode, account, call.fields, call);
			const wrapped = call.login === 'instagram' && call.world.settings.instagramMeShape === 'data';
			return wrapped ? { data: [node] } : node;
		},
	}),
	mediaList('media', (call, account) => feedOf(call.world, account)),
	mediaList('stories', (call, account) => storiesOf(call.world, account)),
	mediaList('live_media', (call, account) => livesOf(call.world, account)),
	endpoint({
		on: 'account',
		edge: 'tags',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, account) =>
			edgePage(call, {
				items: taggedIn(call, account),
				keyOf: ({ id }) => id,
				type: publicMediaNode,
			}),
	}),
	endpoint({
		on: 'account',
		edge: 'scheduled_media',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, account) =>
			edgePage(call, {
				items: account.scheduled,
				keyOf: ({ id }) => id,
				type: scheduledNode,
			}),
	}),
	endpoint({
		on: 'media',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, media) => selectNode(mediaNode, media, call.fields, call),
	}),
	endpoint({
		on: 'media',
		edge: 'children',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, media) => edgePage(call, { items: media.children, keyOf: (child) => child.id, type: mediaNode }),
	}),
	endpoint({
		on: 'media',
		edge: '',
		method: 'POST',
		token: 'any',
		scopes: ['instagram_basic', 'instagram_manage_comments'],
		params: { comment_enabled: 'bool!' },
		run: (call, media) => {
			media.commentsEnabled = call.params.comment_enabled === true;
			return { success: true };
		},
	}),
	endpoint({
		on: 'media',
		edge: '',
		method: 'DELETE',
		token: 'any',
		scopes: ['instagram_basic', 'instagram_manage_contents'],
		params: {},
		run: (call, media) => {
			if (media.isChild) throw publishingError(-1, 2207073, 'This kind of media cannot be deleted');
			for (const gone of [media, ...media.children]) call.world.media.delete(gone.id);
			for (const comment of media.comments) call.world.comments.delete(comment.id);
			return { success: true, deleted_id: media.id };
		},
	}),
];
