import { inboxOf } from '../../../meta/login/chooseAccount';
import { CONVERSATION_FIELDS, simplifyConversation } from '../../../meta/messages/read';
import { rowsOf } from '../../../meta/graph/list';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { personField, personOf } from '../shared/personField';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api */
export const find = operation({
	value: 'find',
	name: 'Find',
	action: 'Find the conversation with a person',
	description: 'Look up the conversation with a person by their ID, and tell whether there is one',
	fields: [personField, simplify],
	run: async (ctx) => {
		const account = ctx.account();
		const personId = personOf(ctx);
		const [conversation] = rowsOf(
			await ctx.graph({
				method: 'GET',
				path: graphPath`/${inboxOf(account)}/conversations`,
				pace: 'conversations',
				query: { platform: 'instagram', user_id: personId, fields: CONVERSATION_FIELDS },
			}),
		);
		if (!conversation) return { found: false, id: null, conversationWith: personId };
		const shown = ctx.param('simplify', true) ? simplifyConversation(conversation, account) : conversation;
		return { found: true, ...shown };
	},
});
