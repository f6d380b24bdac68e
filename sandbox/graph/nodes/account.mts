import { appScopedId } from '../../world/ids.mts';
import { feedOf, storiesOf } from '../../world/media.mts';
import type { Account, Media } from '../../world/types.mts';
import { accountByUsername, cdnUrl } from '../../world/world.mts';
import { tokenOf } from '../engine/call.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { listPage } from '../engine/paging.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { productsOf } from '../publishing/productRules.mts';
import { collaborativeSearch } from './collaborativeMedia.mts';
import { mediaNode } from './media.mts';
import { mentionedComment, mentionedMedia } from './mention.mts';
import { discoveredMediaNode } from './publicMedia.mts';

const mediaEdge =
	(edge: string, read: (...input: Parameters<typeof feedOf>) => Media[]): FieldReader<Account> =>
	(account, { call, args, children }) =>
		listPage(call, {
			items: read(call.world, account),
			keyOf: (media) => media.id,
			type: mediaNode,
			fields: children,
			path: `/${account.id}/${edge}`,
			args,
		});

const discover: FieldReader<Account> = (_account, { call, args, children }) => {
	if (!args.username) throw invalidParam('Field business_discovery needs .username(name)');
	const found = accountByUsername(call.world, args.username);
	// Personal and private accounts are not discovered.
	if (!found || found.accountType === 'PERSONAL') {
		throw new GraphError({
			code: 110,
			subcode: 2207013,
			message: 'No professional account has this username',
			transient: false,
			userTitle: 'Account not found',
			userMessage: `There is no professional account with the username ${args.username}.`,
		});
	}
	return selectNode(discoveredNode, found, children, call);
};

/**
 * With Instagram Login `id` is app-scoped, and `user_id` is the account's own id.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started
 */
const idOf: FieldReader<Account> = (account, { call }) =>
	call.login === 'instagram' ? appScopedId(tokenOf(call).appId, account.id) : account.id;

/**
 * An Instagram professional account seen by its owner.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const accountNode: NodeType<Account> = {
	name: 'IGUser',
	on: 'account',
	defaults: ['id'],
	without: {
		facebook: ['user_id', 'account_type'],
		instagram: [
			'ig_id',
			'legacy_instagram_user_id',
			'has_profile_pic',
			'is_published',
			'shopping_product_tag_eligibility',
			'business_discovery',
			'mentioned_media',
			'mentioned_comment',
			'collaborative_media_search',
		],
	},
	fields: {
		id: idOf,
		user_id: (account) => account.id,
		account_type: (account) => account.accountType,
		ig_id: (account) => Number(account.igId),
		legacy_instagram_user_id: (account) => account.igId,
		username: (account) => account.username,
		name: (account) => account.name,
		biography: (account) => account.biography,
		website: (account) => account.website,
		followers_count: (account) => account.followers,
		follows_count: (account) => account.follows,
		media_count: (account, { call }) => feedOf(call.world, account).length,
		has_profile_pic: () => true,
		is_published: () => true,
		shopping_product_tag_eligibility: (account, { call }) =>
			account.accountType === 'BUSINESS' && productsOf(call.world, account).length > 0,
		profile_picture_url: (account, { call }) => cdnUrl(call.world, account.pictureAssetId),
		media: { read: mediaEdge('media', feedOf), nested: true },
		stories: { read: mediaEdge('stories', storiesOf), nested: true },
		mentioned_media: { read: mentionedMedia, nested: true, scopes: ['instagram_manage_comments'] },
		mentioned_comment: {
			read: mentionedComment,
			nested: true,
			scopes: ['instagram_manage_comments'],
		},
		collaborative_media_search: { read: collaborativeSearch, nested: true },
		business_discovery: { read: discover, nested: true, scopes: ['instagram_manage_insights'] },
	},
};

const PUBLIC_FIELDS = [
	'id',
	'ig_id',
	'username',
	'name',
	'biography',
	'website',
	'followers_count',
	'follows_count',
	'media_count',
	'profile_picture_url',
];

/** The public part of another business, as `business_discovery` shows it; lists have no URLs. */
const discoveredNode: NodeType<Account> = {
	name: 'IGUser',
	defaults: ['id'],
	fields: {
		...Object.fromEntries(PUBLIC_FIELDS.map((name) => [name, accountNode.fields[name]])),
		media: {
			nested: true,
			read: (account, { call, args, children }) =>
				listPage(call, {
					items: feedOf(call.world, account),
					keyOf: (media) => media.id,
					type: discoveredMediaNode,
					fields: children,
					path: `/${account.id}/media`,
					args,
					withoutUrls: true,
				}),
		},
	},
};
