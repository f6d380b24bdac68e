import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chooseAccount, inboxOf } from '../../meta/login/chooseAccount';
import { openConnection } from '../../meta/login/openConnection';
import { GRAPH_PAGE_SIZE } from '../../meta/constants';
import type { CredentialType } from '../../meta/connection';
import { callGraph, type GraphCall } from '../../meta/graph/call';
import { listGraph } from '../../meta/graph/list';
import { nextCursor } from '../../meta/graph/paging';
import { CONVERSATION_FIELDS, simplifyConversation } from '../../meta/messages/read';
import { graphPath } from '../../meta/graph/path';

/** Meta cannot search conversations: this many of the newest are looked through, five calls at most. */
const SEARCHED = 500;

/** Lists the people that the account talks to, newest first; `valueOf` says what is picked with a name. */
export async function listConversations(
	n8n: ILoadOptionsFunctions,
	filter: string,
	paginationToken: string | undefined,
	valueOf: (conversation: IDataObject) => unknown,
): Promise<INodeListSearchResult> {
	const type = n8n.getCurrentNodeParameter('authentication') as CredentialType;
	const connection = await openConnection(n8n, type);
	const wanted = n8n.getCurrentNodeParameter('account', { extractValue: true }) as string | undefined;
	const account = await chooseAccount(n8n, connection, wanted ?? '');
	const call: GraphCall = {
		method: 'GET',
		path: graphPath`/${inboxOf(account)}/conversations`,
		pace: 'conversations',
		query: { platform: 'instagram', fields: CONVERSATION_FIELDS },
		signAs: inboxOf(account),
	};
	const asResults = (conversations: unknown) =>
		(conversations as IDataObject[])
			.map((conversation) => simplifyConversation(conversation, account))
			// Somebody who closed their account has no ID to pick.
			.filter((conversation) => valueOf(conversation))
			.map((conversation) => ({
				name: conversation.username ? `@${String(conversation.username)}` : String(conversation.conversationWith),
				value: String(valueOf(conversation)),
			}));
	if (filter) {
		const found = asResults(await listGraph(n8n, connection, call, SEARCHED));
		return { results: found.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
	}
	const query = { ...call.query, limit: GRAPH_PAGE_SIZE, ...(paginationToken ? { after: paginationToken } : {}) };
	const answer = await callGraph(n8n, connection, { ...call, query });
	return { results: asResults(answer.data ?? []), paginationToken: nextCursor(answer) };
}
