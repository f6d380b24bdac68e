import { inboxOf } from '../../../meta/login/chooseAccount';
import { rowsOf } from '../../../meta/graph/list';
import { READABLE_MESSAGES, readWindow } from '../../../meta/messages/window';
import { operation } from '../define';
import { personField, personOf } from '../shared/personField';
import { graphPath } from '../../../meta/graph/path';

/**
 * Meta tells the window nowhere; it is worked out from the messages in one call.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
export const getWindow = operation({
	value: 'getWindow',
	name: 'Get Window',
	action: 'Get the messaging window of a person',
	description:
		'Tell whether a person may be answered now and until when: 24 hours, or 7 days for a human agent, from their newest message. Taps, reactions and opened links also open the window but cannot be read, so a closed one may be open.',
	fields: [personField],
	run: async (ctx) => {
		const account = ctx.account();
		const personId = personOf(ctx);
		const [conversation] = rowsOf(
			await ctx.graph({
				method: 'GET',
				path: graphPath`/${inboxOf(account)}/conversations`,
				pace: 'conversations',
				query: {
					platform: 'instagram',
					user_id: personId,
					fields: `id,messages.limit(${READABLE_MESSAGES}){created_time,from}`,
				},
			}),
		);
		const window = readWindow(rowsOf(conversation?.messages), account, Date.now());
		return { conversationId: conversation?.id ?? null, conversationWith: personId, ...window };
	},
});
