import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { chooseAccount, inboxOf } from '../../meta/account';
import { openConnection } from '../../meta/connection';
import { GRAPH_PAGE_SIZE } from '../../meta/constants';
import type { CredentialType } from '../../meta/context';
import { callGraph, listGraph, nextCursor, type GraphCall } from '../../meta/graph';
import { simplifyConversation } from '../operations/conversation/getMany';

/** Meta cannot search conversations: this many of the newest are looked through, five calls at most. */
const SEARCHED = 500;

/** Fills the Conversation picker with the people that the account talks to, newest first. */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const type = this.getCurrentNodeParameter('authentication') as CredentialType;
	const connection = await openConnection(this, type);
	const wanted = this.getCurrentNodeParameter('account', { extractValue: true }) as string | undefined;
	const account = await chooseAccount(this, connection, wanted ?? '');
	const call: GraphCall = {
		method: 'GET',
		path: `/${inboxOf(account)}/conversations`,
		query: { platform: 'instagram', fields: 'id,updated_time,participants' },
		as: inboxOf(account),
	};
	const asResult = (conversation: IDataObject) => {
		const { id, username, conversationWith } = simplifyConversation(conversation, account);
		return { name: username ? `@${String(username)}` : String(conversationWith), value: String(id) };
	};
	if (filter) {
		const found = (await listGraph(this, connection, call, SEARCHED)).map(asResult);
		return { results: found.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
	}
	const query = { ...call.query, limit: GRAPH_PAGE_SIZE, ...(paginationToken ? { after: paginationToken } : {}) };
	const answer = await callGraph(this, connection, { ...call, query });
	return { results: ((answer.data ?? []) as IDataObject[]).map(asResult), paginationToken: nextCursor(answer) };
}
