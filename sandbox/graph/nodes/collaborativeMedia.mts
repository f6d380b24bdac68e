import type { Account, Media } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { invalidParam } from '../engine/errors.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { mediaNode } from './media.mts';

/** Posts of others to which an account was invited, with its answer so far. */
export function invitedTo(world: World, { username }: Account, status: string): Media[] {
	return [...world.media.values()]
		.filter(({ collaborators }) => collaborators.some((one) => one.username === username && one.status === status))
		.sort((a, b) => b.at - a.at);
}

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
