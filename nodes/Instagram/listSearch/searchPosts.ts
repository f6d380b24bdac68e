import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { chooseAccount, inboxOf } from '../../meta/login/chooseAccount';
import { openConnection } from '../../meta/login/openConnection';
import { GRAPH_PAGE_SIZE } from '../../meta/constants';
import type { CredentialType } from '../../meta/connection';
import { callGraph, type GraphCall } from '../../meta/graph/call';
import { listGraph, rowsOf } from '../../meta/graph/list';
import { nextCursor } from '../../meta/graph/paging';
import { isoFromGraph } from '../../meta/time';
import { graphPath } from '../../meta/graph/path';

/** Meta cannot search posts: this many of the newest are looked through, five calls at most. */
const SEARCHED = 500;
const SHOWN_CHARACTERS = 60;

const kindOf = ({ media_type: type, media_product_type: product }: IDataObject): string =>
	product === 'REELS' ? 'Reel' : type === 'CAROUSEL_ALBUM' ? 'Carousel' : type === 'VIDEO' ? 'Video' : 'Picture';

function choiceOf(post: IDataObject): INodeListSearchItems {
	const caption = [
		...String(post.caption ?? '')
			.replace(/\s+/g, ' ')
			.trim(),
	];
	const text = caption.length > SHOWN_CHARACTERS ? `${caption.slice(0, SHOWN_CHARACTERS).join('')}…` : caption.join('');
	const day = isoFromGraph(post.timestamp)?.slice(0, 10) ?? '';
	const name = text || `${kindOf(post)} without a caption`;
	return {
		name: `${name} (${[kindOf(post), day].filter(Boolean).join(', ')})`,
		value: String(post.id),
		...(post.permalink ? { url: String(post.permalink) } : {}),
	};
}

/** Fills the Post picker with the account's posts, newest first; the search covers whole captions. */
export async function searchPosts(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const connection = await openConnection(this, this.getCurrentNodeParameter('authentication') as CredentialType);
	const wanted = this.getCurrentNodeParameter('account', { extractValue: true }) as string | undefined;
	const account = await chooseAccount(this, connection, wanted ?? '');
	const call: GraphCall = {
		method: 'GET',
		path: graphPath`/${account.id}/media`,
		query: { fields: 'id,caption,media_type,media_product_type,permalink,timestamp' },
		signAs: inboxOf(account),
	};
	const sought = filter.trim().toLowerCase();
	if (sought) {
		const posts = await listGraph(this, connection, call, SEARCHED);
		const found = posts.filter(({ caption, permalink }) =>
			[caption, permalink].join('\n').toLowerCase().includes(sought),
		);
		return { results: found.map(choiceOf) };
	}
	const query = { ...call.query, limit: GRAPH_PAGE_SIZE, ...(paginationToken ? { after: paginationToken } : {}) };
	const answer = await callGraph(this, connection, { ...call, query });
	return { results: rowsOf(answer).map(choiceOf), paginationToken: nextCursor(answer) };
}
