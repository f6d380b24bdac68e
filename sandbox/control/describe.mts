import type { AppSubscription } from '../world/app.mts';
import { feedOf } from '../world/media.mts';
import { appScopedId } from '../world/ids.mts';
import type { Account, Customer, User } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { mediaUrl } from '../world/world.mts';
import { permalinkOf } from '../graph/nodes/permalink.mts';
import { findThread } from '../world/threads.mts';

const describeWebhook = (webhook: AppSubscription | undefined) =>
	webhook
		? {
				callbackUrl: webhook.callbackUrl,
				fields: [...webhook.fields],
				active: !webhook.isOff,
			}
		: null;

const describeUser = ({ id, name, checkpointed, hasRole, lostPages }: User) => ({
	id,
	name,
	checkpointed,
	hasRole,
	lostPages: [...lostPages],
});

/** The world as the control API shows it. */
export function describeWorld(world: World): unknown {
	return {
		now: new Date(world.clock.now()).toISOString(),
		apps: [...world.apps.values()].map((app) => ({
			id: app.id,
			name: app.name,
			secret: app.secret,
			redirectUris: app.redirectUris,
			live: app.live,
			requireAppSecret: app.requireAppSecret,
			humanAgent: app.humanAgent,
			advancedAccess: app.advancedAccess,
			userCallbacks: app.userCallbacks,
			instagramAppId: app.instagramAppId,
			instagramAppSecret: app.instagramAppSecret,
			instagramRedirectUris: app.instagramRedirectUris ?? app.redirectUris,
			webhook: describeWebhook(app.subscriptions.get('instagram')),
			instagramWebhook: describeWebhook(app.instagramWebhook),
			configurations: app.configurations.map(({ id, tokenKind }) => ({ id, tokenKind })),
		})),
		locale: world.locale,
		users: [...world.users.values()].map(describeUser),
		systemUsers: [...world.systemUsers.values()].map(describeUser),
		businesses: [...world.businesses.values()].map(({ id, name, members }) => ({
			id,
			name,
			members: [...members],
		})),
		pages: [...world.pages.values()].map((page) => {
			const account = world.accounts.get(page.accountId ?? '');
			return {
				id: page.id,
				name: page.name,
				instagramId: account?.linked ? account.id : null,
				username: account?.linked ? account.username : null,
				subscribedApps: Object.fromEntries(page.subscribedApps),
				inPortfolio: page.inPortfolio,
				clientOf: [...page.clientOf],
				assigned: page.assigned,
			};
		}),
		accounts: [...world.accounts.values()].map(
			({ id, username, name, pageId, linked, allowMessages, quotaTotal, ...account }) => ({
				instagramId: id,
				username,
				name,
				pageId,
				linked,
				allowMessages,
				quotaTotal,
				messagingBlocked: account.messagingBlocked,
				accountType: account.accountType,
				checkpointed: account.checkpointed,
				hasRole: account.hasRole,
				appScopedIds: Object.fromEntries([...world.apps.keys()].map((appId) => [appId, appScopedId(appId, id)])),
				subscribedApps: Object.fromEntries(account.subscribedApps),
			}),
		),
		customers: [...world.customers.values()].map(({ username, name, scopedIds }) => ({
			username,
			name,
			ids: Object.fromEntries([...scopedIds].map(([accountId, id]) => [world.accounts.get(accountId)?.username, id])),
		})),
	};
}

/** What a customer sees of a conversation, oldest first. */
export function describeInbox(world: World, account: Account, customer: Customer): unknown {
	return {
		messages: (findThread(world, account, customer)?.messages ?? [])
			.filter((message) => !message.deleted)
			.map((message) => ({
				mid: message.id,
				from: message.from,
				text: message.text ?? null,
				attachments: message.attachments.map(({ type, assetId, extra }) => ({
					type,
					...(assetId && { url: mediaUrl(world, assetId) }),
					...(extra && { payload: extra }),
				})),
				quickReplies: message.quickReplies ?? [],
				reactions: message.reactions,
				replyTo: message.replyTo ?? null,
				replyToStory: message.replyToStory?.id ?? null,
				at: new Date(message.at).toISOString(),
			})),
	};
}

/** Posts of an account, newest first, with the digest of the bytes that were fetched. */
export function describeFeed(world: World, account: Account): unknown {
	return {
		media: feedOf(world, account).map((media) => {
			const asset = world.assets.get(media.assetId);
			return {
				id: media.id,
				caption: media.caption,
				permalink: permalinkOf(media),
				mediaUrl: mediaUrl(world, media.assetId),
				timestamp: new Date(media.at).toISOString(),
				sha256: asset?.sha256 ?? null,
				comments: media.comments
					.filter((comment) => !comment.deleted)
					.map((comment) => ({
						id: comment.id,
						parentId: comment.parent?.id ?? null,
						username: comment.from.kind === 'account' ? comment.from.account.username : comment.from.customer.username,
						text: comment.text,
						hidden: comment.hidden,
					})),
			};
		}),
	};
}
