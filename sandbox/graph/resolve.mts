import { customerByScopedId } from '../world/threads.mts';
import type { Token } from '../world/tokens.mts';
import type {
	Account,
	App,
	Comment,
	Container,
	Media,
	Page,
	Thread,
	User,
} from '../world/types.mts';
import type { World } from '../world/world.mts';
import { accountOfPage } from '../world/world.mts';
import type { ThreadMessage } from './nodes/conversation.mts';
import type { Person } from './nodes/small.mts';

/** The object behind each kind of node. */
export interface NodeKinds {
	user: User;
	page: Page;
	account: Account;
	media: Media;
	comment: Comment;
	container: Container;
	conversation: Thread;
	message: ThreadMessage;
	person: Person;
	app: App;
}

/** A node that an id leads to, and the account it belongs to. */
export type Resolved = {
	[K in keyof NodeKinds]: { kind: K; object: NodeKinds[K]; account?: Account };
}[keyof NodeKinds];

const findPerson = (world: World, token: Token, id: string): Person | undefined => {
	for (const pageId of token.pageIds) {
		const page = world.pages.get(pageId);
		const account = page && accountOfPage(world, page);
		const customer = account && customerByScopedId(world, account, id);
		if (account && customer) return { account, customer };
	}
	return undefined;
};

const lookUp = (world: World, token: Token, id: string): Resolved | undefined => {
	const user = world.users.get(id);
	if (user) return { kind: 'user', object: user };
	const page = world.pages.get(id);
	if (page) return { kind: 'page', object: page, account: accountOfPage(world, page) };
	const app = world.apps.get(id);
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
	const person = findPerson(world, token, id);
	return person && { kind: 'person', object: person, account: person.account };
};

const isVisible = (token: Token, node: Resolved): boolean => {
	switch (node.kind) {
		case 'app':
			return token.appId === node.object.id;
		case 'user':
			return token.userId === node.object.id && token.kind !== 'page';
		case 'page':
			return token.pageIds.includes(node.object.id);
		default:
			return (
				node.account !== undefined &&
				node.account.linked &&
				token.pageIds.includes(node.account.pageId)
			);
	}
};

/** The node an id names for this token, or undefined when it is missing or out of reach. */
export const resolveNode = (world: World, token: Token, id: string): Resolved | undefined => {
	const me = token.kind === 'page' ? token.pageId : token.userId;
	const node = lookUp(world, token, id === 'me' && me !== undefined ? me : id);
	return node && isVisible(token, node) ? node : undefined;
};
