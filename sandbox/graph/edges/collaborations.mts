import { DAY_MS } from '../../world/clock.mts';
import type { Account, Media } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { collaborativeNode, invitedTo } from '../nodes/collaborativeMedia.mts';
import { collaboratorList } from '../nodes/collaborator.mts';
import { edgePage } from '../engine/paging.mts';
import type { NodeType } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'instagram_content_publish'];
const INVITE_CALLS_PER_DAY = 300;

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

/**
 * Invites to posts of others, and the posts that came of them.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/collaboration_invites
 */
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
