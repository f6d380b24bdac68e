import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chooseAccount, inboxOf, openConnection } from '../../meta/connection';
import type { CredentialType } from '../../meta/context';
import { GRAPH_PAGE_SIZE } from '../../meta/constants';
import { callGraph, nextCursor } from '../../meta/graph';
import { simplifyConversation } from '../operations/conversation/getMany';

/** Fills the Conversation picker with the people that the account talks to, newest first. */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const type = this.getCurrentNodeParameter('authentication') as CredentialType;
	const connection = await openConnection(this, type);
	const wanted = this.getCurrentNodeParameter('account', { extractValue: true }) as string | undefined;
	const account = chooseAccount(this, connection, wanted ?? '');
	const answer = await callGraph(this, connection, {
		method: 'GET',
		path: `/${inboxOf(account)}/conversations`,
		query: {
			platform: 'instagram',
			fields: 'id,updated_time,participants',
			limit: GRAPH_PAGE_SIZE,
			...(paginationToken ? { after: paginationToken } : {}),
		},
		as: inboxOf(account),
	});
	const results = ((answer.data ?? []) as Array<{ id: string }>)
		.map((conversation) => simplifyConversation(conversation, account))
		.map(({ id, username, conversationWith }) => ({
			name: username ? `@${String(username)}` : String(conversationWith),
			value: String(id),
		}))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
	return { results, paginationToken: nextCursor(answer) };
}
