import type { IDataObject } from 'n8n-workflow';
import { isoFromGraph } from '../../../meta/time';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../fields';

const FIELDS = 'id,created_time,from,to,message,attachments';

function simplifyMessage(message: IDataObject, accountId: string): IDataObject {
	const from = message.from as { id?: string; username?: string } | undefined;
	return {
		id: message.id,
		text: message.message ?? '',
		from: from?.id ?? null,
		username: from?.username ?? null,
		isFromAccount: from?.id === accountId,
		createdAt: isoFromGraph(message.created_time),
		attachments: (message.attachments as { data?: IDataObject[] } | undefined)?.data ?? [],
	};
}

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api */
export const getMessages = operation({
	value: 'getMessages',
	name: 'Get Messages',
	action: 'Get the messages of a conversation',
	description: 'List the messages of a conversation, newest first. Meta gives details of the 20 newest only.',
	fields: [
		{
			displayName: 'Conversation',
			name: 'conversationId',
			type: 'resourceLocator',
			required: true,
			description: 'Conversation of the chosen account',
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchConversations', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. aWdfZAG06MTpJR01lc3NhZ2VUaHJlYWQ6...' },
			],
		},
		...returnAllAndLimit,
		simplify,
	],
	run: async ({ account, list, param }) => {
		const messages = await list({
			method: 'GET',
			path: `/${encodeURIComponent(param('conversationId'))}/messages`,
			query: { fields: FIELDS },
		});
		if (!param('simplify', true)) return messages;
		const { id } = account();
		return messages.map((message) => simplifyMessage(message, id));
	},
});
