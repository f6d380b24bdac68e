import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listConversations } from './listConversations';

/** Fills the pickers of people with those that the account talks to, newest first; picks their IDs. */
export async function searchPeople(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listConversations(this, filter, paginationToken, ({ conversationWith }) => conversationWith);
}
