import type { App } from '../../world/app.mts';
import type {
	Account,
	Audio,
	Business,
	Comment,
	Container,
	Customer,
	Media,
	Message,
	Page,
	Thread,
	UpcomingEvent,
	User,
} from '../../world/types.mts';

/**
 * A customer as one account sees them.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/user-profile
 */
export type Person = {
	account: Account;
	customer: Customer;
};

/** A message together with its conversation. */
export type ThreadMessage = {
	thread: Thread;
	message: Message;
};

/** The object behind each kind of node. */
export type NodeKinds = {
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
	business: Business;
	hashtag: { id: string; name: string };
	audio: Audio;
	upcomingEvent: UpcomingEvent;
};

/** A node that an id leads to, and the account it belongs to. */
export type Resolved = {
	[K in keyof NodeKinds]: { kind: K; object: NodeKinds[K]; account?: Account };
}[keyof NodeKinds];
