import { DAY_MS } from '../../world/clock.mts';
import type { Account, Media } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { mediaUrl } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { collaboratorList } from '../nodes/collaborator.mts';
import { mediaNode } from '../nodes/media.mts';
import { edgePage } from '../engine/paging.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'instagram_content_publish'];
const INVITE_CALLS_PER_DAY = 300;

/** Posts of others to which an account was invited, with its answer so far. */
const invitedTo = (world: World, { username }: Account, status: string): Media[] =>
	[...world.media.values()]
		.filter(({ collaborators }) => collaborators.some((one) => one.username === username && one.status === status))
		.sort((a, b) => b.at - a.at);

const inviteNode: NodeType<Media> = {
	name: 'ShadowIGUserCollaborationInvites',
	defaults: ['media_id', 'media_owner_username', 'caption', 'media_url'],
	fields: {
		media_id: (media) => media.id,
		media_owner_username: (media) => media.account.username,
		caption: (media) => media.caption,
		media_url: (media, { call }) => mediaUrl(call.world, media.assetId),
	},
};

const COLLABORATIVE_FIELDS = [
	'caption',
	'comments_count',
	'id',
	'like_count',
	'media_product_type',
	'media_type',
	'media_url',
	'permalink',
	'reposts_count',
	'saved_count',
	'shares_count',
	'thumbnail_url',
	'timestamp',
	'total_comments_count',
	'total_like_count',
	'total_views_count',
	'username',
];

/** A post that an account made together with its owner. */
export const collaborativeNode: NodeType<Media> = {
	name: 'ShadowIGUserCollaborativeMedia',
	defaults: ['id'],
	fields: Object.fromEntries(COLLABORATIVE_FIELDS.map((name) => [name, mediaNode.fields[name]])),
};

/** `collaborative_media_search.media_id(ID)`: one of those posts. */
export const collaborativeSearch: FieldReader<Account> = (account, { call, args, children }) => {
	if (!args.media_id) throw invalidParam('Field collaborative_media_search needs .media_id(id)');
	const media = invitedTo(call.world, account, 'Accepted').find(({ id }) => id === args.media_id);
	return media && selectNode(collaborativeNode, media, children, call);
};

const countCall = (call: Call, account: Account): void => {
	const now = call.world.clock.now();
	account.inviteCalls = [...account.inviteCalls.filter((time) => now - time < DAY_MS), now];
	if (account.inviteCalls.length > INVITE_CALLS_PER_DAY)
		throw new GraphError({ code: 613, message: '(#613) Too many calls about invites today' });
};

const respond = (call: Call, account: Account): unknown => {
	countCall(call, account);
	const media = invitedTo(call.world, account, 'Pending').find(({ id }) => id === call.params.media_id);
	const invite = media?.collaborators.find(({ username }) => username === account.username);
	if (!invite) throw invalidParam('There is no open invite to this post');
	invite.status = call.params.accept === true ? 'Accepted' : 'Declined';
	return { success: true };
};

/** Invites to posts of others, and the posts that came of them (section 8.7). */
export const collaborationEndpoints: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: 'collaboration_invites',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, account) => {
			countCall(call, account);
			const items = invitedTo(call.world, account, 'Pending');
			return edgePage(call, { items, keyOf: ({ id }) => id, type: inviteNode });
		},
	}),
	endpoint({
		on: 'account',
		edge: 'collaboration_invites',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { accept: 'bool!', media_id: 'string!' },
		run: respond,
	}),
	endpoint({
		on: 'account',
		edge: 'collaborative_media',
		method: 'GET',
		token: 'any',
		scopes: ['instagram_basic'],
		params: {},
		run: (call, account) => {
			const items = invitedTo(call.world, account, 'Accepted');
			return edgePage(call, { items, keyOf: ({ id }) => id, type: collaborativeNode });
		},
	}),
	endpoint({
		on: 'media',
		edge: 'collaborators',
		method: 'GET',
		token: 'any',
		scopes: ['instagram_basic'],
		params: {},
		run: (call, media) => collaboratorList(call, media, call.fields),
	}),
];
