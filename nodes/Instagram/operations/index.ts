import * as account from './account';
import * as conversation from './conversation';
import { resource } from './define';
import * as message from './message';
import * as post from './post';
import * as webhook from './webhook';

export const resources = [
	resource('message', 'Message', message, message.sendText),
	resource('account', 'Account', account, account.getMany),
	resource('conversation', 'Conversation', conversation, conversation.getMany),
	resource('post', 'Post', post, post.publishImage),
	resource('webhook', 'Webhook', webhook, webhook.getStatus),
];
