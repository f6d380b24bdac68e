import { inboxOf } from '../../../meta/login/chooseAccount';
import { CONVERSATION_FIELDS, simplifyConversation } from '../../../meta/messages/read';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api */
export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many conversations',
	description:
		'List the conversations of the account, newest first. Requests without activity for 30 days are not among them.',
	fields: [...returnAllAndLimit, simplify],
	run: async ({ account, list, param }) => {
		const conversations = await list({
			method: 'GET',
			path: graphPath`/${inboxOf(account())}/conversations`,
			pace: 'conversations',
			query: { platform: 'instagram', fields: CONVERSATION_FIELDS },
		});
		if (!param('simplify', true)) return conversations;
		return conversations.map((conversation) => simplifyConversation(conversation, account()));
	},
});
