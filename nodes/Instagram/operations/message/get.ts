import { MESSAGE_FIELDS, simplifyMessage } from '../../../meta/messages/read';
import { operation } from '../define';
import { opaqueId } from '../shared/metaId';
import { simplify } from '../shared/listing';
import { messageIdField } from './shared/sending';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api */
export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get a message',
	description:
		'Read one message with its attachments, shares, reactions and story. Meta gives the 20 newest of a conversation only.',
	fields: [messageIdField, simplify],
	run: async ({ account, fail, graph, param }) => {
		const message = await graph({
			method: 'GET',
			path: graphPath`/${opaqueId({ fail, param }, 'messageId', 'Message ID')}`,
			query: { fields: MESSAGE_FIELDS },
			mayLackFields: true,
		});
		return param('simplify', true) ? simplifyMessage(message, account()) : message;
	},
});
