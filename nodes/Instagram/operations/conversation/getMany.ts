import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../../meta/account';
import type { Account } from '../../../meta/login';
import { isoFromGraph } from '../../../meta/time';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../fields';

type Person = { id: string; username?: string };

/** The other side of a conversation first; the account itself is known. */
export function simplifyConversation(conversation: IDataObject, account: Account): IDataObject {
	const people = ((conversation.participants as { data?: Person[] })?.data ?? []) as Person[];
	const other = people.find(({ id, username }) => id !== account.id && username !== account.username);
	return {
		id: conversation.id,
		conversationWith: other?.id ?? null,
		username: other?.username ?? null,
		updatedAt: isoFromGraph(conversation.updated_time),
	};
}

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api */
export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'List the conversations of the account, newest first',
	fields: [...returnAllAndLimit, simplify],
	run: async ({ account, list, param }) => {
		const conversations = await list({
			method: 'GET',
			path: `/${inboxOf(account())}/conversations`,
			query: { platform: 'instagram', fields: 'id,updated_time,participants' },
		});
		if (!param('simplify', true)) return conversations;
		return conversations.map((conversation) => simplifyConversation(conversation, account()));
	},
});
