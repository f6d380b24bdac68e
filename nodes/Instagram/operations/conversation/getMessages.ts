import { sleep, type IDataObject } from 'n8n-workflow';
import { isBare, MESSAGE_FIELDS, simplifyMessage } from '../../../meta/messages/read';
import { READABLE_MESSAGES } from '../../../meta/messages/window';
import { operation, type RunContext } from '../define';
import { opaqueId } from '../shared/metaId';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** Meta takes two calls per second on conversations of an account. */
const PAUSE_MS = 500;

/** Reads messages about which the list told nothing one by one; one that cannot be read stays as it was. */
async function fillIn({ graph, isCancelled }: RunContext, messages: IDataObject[]): Promise<void> {
	for (const [index, message] of messages.slice(0, READABLE_MESSAGES).entries()) {
		if (!isBare(message) || isCancelled()) continue;
		await sleep(PAUSE_MS);
		const read = async () =>
			await graph({
				method: 'GET',
				path: graphPath`/${String(message.id)}`,
				query: { fields: MESSAGE_FIELDS },
				mayLackFields: true,
			});
		messages[index] = await read().catch(() => message);
	}
}

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api */
export const getMessages = operation({
	value: 'getMessages',
	name: 'Get Messages',
	action: 'Get the messages of a conversation',
	description:
		'List the messages of a conversation, newest first, with attachments, shares, reactions and stories. Meta gives details of the 20 newest only.',
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
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Read Missing Details',
					name: 'readMissing',
					type: 'boolean',
					default: false,
					description:
						'Whether to read messages that come without any content one by one, among the 20 newest: the list leaves attachments out at times. Takes half a second for each.',
				},
			],
		},
	],
	run: async (ctx) => {
		const { account, list, param } = ctx;
		const messages = await list({
			method: 'GET',
			path: graphPath`/${opaqueId(ctx, 'conversationId', 'Conversation')}/messages`,
			pace: 'conversations',
			query: { fields: MESSAGE_FIELDS },
			mayLackFields: true,
		});
		if (param<{ readMissing?: boolean }>('options', {}).readMissing) await fillIn(ctx, messages);
		if (!param('simplify', true)) return messages;
		return messages.map((message) => simplifyMessage(message, account()));
	},
});
