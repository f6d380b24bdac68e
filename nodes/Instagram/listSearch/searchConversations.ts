import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listConversations } from './listConversations';

/** Fills the Conversation picker with the people that the account talks to, newest first. */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listConversations(this, filter, paginationToken, ({ id }) => id);
}
