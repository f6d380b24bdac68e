import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { inOneMessage } from '../../shared/inOneMessage';

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A search whose errors say in the picker what to do: the editor shows only their message there. */
export function withFullMessage(search: Search): Search {
	return async function (filter, paginationToken) {
		return await inOneMessage(this, async () => await search.call(this, filter, paginationToken));
	};
}
