import * as account from './account';
import * as collaboration from './collaboration';
import * as comment from './comment';
import * as conversation from './conversation';
import { resource } from './define';
import * as hashtag from './hashtag';
import * as mention from './mention';
import * as message from './message';
import * as messagingProfile from './messagingProfile';
import * as person from './person';
import * as post from './post';
import * as product from './product';
import * as search from './search';
import * as upcomingEvent from './upcomingEvent';
import * as webhook from './webhook';

export const resources = [
	resource('message', 'Message', message, message.sendText),
	resource('account', 'Account', account, account.getMany),
	resource('collaboration', 'Collaboration', collaboration, collaboration.getInvites),
	resource('comment', 'Comment', comment, comment.getMany),
	resource('conversation', 'Conversation', conversation, conversation.getMany),
	resource('hashtag', 'Hashtag', hashtag, hashtag.getRecentPosts),
	resource('mention', 'Mention', mention, mention.get),
	resource('messagingProfile', 'Messaging Profile', messagingProfile, messagingProfile.getIceBreakers),
	resource('person', 'Person', person, person.getProfile),
	resource('post', 'Post', post, post.publishImage),
	resource('product', 'Product', product, product.search),
	resource('search', 'Search', search, search.locations),
	resource('upcomingEvent', 'Upcoming Event', upcomingEvent, upcomingEvent.getMany),
	resource('webhook', 'Webhook', webhook, webhook.getStatus),
];
