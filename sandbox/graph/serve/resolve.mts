import { appScopedId } from '../../world/ids.mts';
import { customerByScopedId } from '../../world/threads.mts';
import type { Token } from '../../world/tokens.mts';
import type { Account } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { accountOfPage, instagramApp, reachesPage, userById } from '../../world/world.mts';
import type { Person, Resolved } from '../engine/kinds.mts';

const accountsOf = (world: World, token: Token): Array<Account | undefined> =>
	token.accountId === undefined
		? token.pageIds.map((pageId) => {
				const page = world.pages.get(pageId);
				return page && accountOfPage(world, page);
			})
		: [world.accounts.get(token.accountId)];

const findPerson = (world: World, token: Token, id: string): Person | undefined => {
	for (const account of accountsOf(world, token)) {
		const customer = account && customerByScopedId(world, account, id);
		if (account && customer) return { account, customer };
	}
	return undefined;
};

const lookUp = (world: World, token: Token, id: string): Resolved | undefined => {
	const user = userById(world, id);
	if (user) return { kind: 'user', object: user };
	const page = world.pages.get(id);
	if (page) return { kind: 'page', object: page, account: accountOfPage(world, page) };
	const business = world.businesses.get(id);
	if (business) return { kind: 'business', object: business };
	const app = world.apps.get(id) ?? instagramApp(world, id);
	if (app) return { kind: 'app', object: app };
	const account = world.accounts.get(id);
	if (account) return { kind: 'account', object: account, account };
	const media = world.media.get(id);
	if (media) return { kind: 'media', object: media, account: media.account };
	const comment = world.comments.get(id);
	if (comment) return { kind: 'comment', object: comment, account: comment.media.account };
	const container = world.containers.get(id);
	if (container) return { kind: 'container', object: container, account: container.account };
	const thread = world.threads.get(id);
	if (thread) return { kind: 'conversation', object: thread, account: thread.account };
	const message = world.messages.get(id);
	if (message) return { kind: 'message', object: message, account: message.thread.account };
	const event = world.upcomingEvents.get(id);
	if (event) return { kind: 'upcomingEvent', object: event, account: event.account };
	const hashtag = world.hashtags.get(id);
	if (hashtag) return { kind: 'hashtag', object: hashtag };
	const audio = world.audio.get(id);
	if (audio) return { kind: 'audio', object: audio };
	const person = findPerson(world, token, id);
	return person && { kind: 'person', object: person, account: person.account };
};

const isVisible = (world: World, token: Token, node: Resolved): boolean => {
	if (token.accountId !== undefined) return node.account?.id === token.accountId;
	switch (node.kind) {
		case 'hashtag':
		case 'audio':
			return true;
		case 'app':
			return token.appId === node.object.id;
		case 'user':
			return token.userId === node.object.id && token.kind !== 'page';
		case 'page':
			return reachesPage(world, token, node.object.id);
		case 'business':
			return node.object.members.has(token.userId ?? '') && token.kind !== 'page';
		default:
			return node.account !== undefined && node.account.linked && reachesPage(world, token, node.account.pageId);
	}
};

/** The id that "me" stands for. */
const meOf = (token: Token): string | undefined =>
	token.accountId ?? (token.kind === 'page' ? token.pageId : token.userId);

/**
 * With Instagram Login the app-scoped id leads to the account too, as `me` does.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started
 */
const isMe = (token: Token, id: string): boolean =>
	id === 'me' || (token.accountId !== undefined && id === appScopedId(token.appId, token.accountId));

/** The node an id names for this token, or undefined when it is missing or out of reach. */
export function resolveNode(world: World, token: Token, id: string): Resolved | undefined {
	const node = lookUp(world, token, (isMe(token, id) ? meOf(token) : undefined) ?? id);
	return node && isVisible(world, token, node) ? node : undefined;
}
