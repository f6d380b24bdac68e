import { scopedIdFor } from '../../world/threads.mts';
import { cdnUrl } from '../../world/world.mts';
import type { Person } from '../engine/kinds.mts';
import type { NodeType } from '../engine/select.mts';

/** Profile of a customer; the consent rule is checked by the endpoint. */
export const personNode: NodeType<Person> = {
	name: 'InstagramMessagingUser',
	defaults: ['name', 'username', 'id'],
	fields: {
		id: ({ account, customer }) => scopedIdFor(account, customer),
		name: ({ customer }) => customer.name,
		username: ({ customer }) => customer.username,
		profile_pic: ({ customer }, { call }) => cdnUrl(call.world, customer.pictureAssetId),
		follower_count: () => 42,
		is_user_follow_business: ({ account, customer }) => customer.follows.has(account.id),
		is_business_follow_user: () => false,
		is_verified_user: () => false,
	},
};
