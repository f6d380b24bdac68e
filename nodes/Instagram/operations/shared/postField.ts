import type { INodeProperties } from 'n8n-workflow';
import { GRAPH_PAGE_SIZE } from '../../../meta/constants';
import { nextCursor } from '../../../meta/graph/paging';
import { rowsOf } from '../../../meta/graph/list';
import { isMetaId, quoted } from '../../../meta/input/metaId';
import { shortcodeIn } from '../../../meta/reading/postLink';
import type { RunContext } from '../define';
import { graphPath } from '../../../meta/graph/path';

/** Meta cannot look up a link: it is searched for among this many of the newest posts, by twenty calls at most. */
const SEARCHED = 2000;

/** A post of the account, by any of the ways in which people know it. */
export const postField: INodeProperties = {
	displayName: 'Post',
	name: 'postId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'Post, reel or story of the account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPosts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 17895695668004550',
			hint: 'IDs come from Get Many, or from a trigger event',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://www.instagram.com/p/DAbc-1_xyz/',
			hint: "A post of this account: it is looked up among its newest 2,000, by the post's link",
		},
	],
};

/** The same for what may be done to posts of others too. */
export const anyPostField: INodeProperties = {
	...postField,
	description: 'Post or reel: one of the account from the list or by its link, one of anybody else by its ID',
};

async function findByShortcode({ account, fail, graph }: RunContext, link: string, shortcode: string): Promise<string> {
	const path = graphPath`/${account().id}/media`;
	let after: string | undefined;
	for (let seen = 0; seen < SEARCHED; seen += GRAPH_PAGE_SIZE) {
		const page = await graph({
			method: 'GET',
			path,
			query: { fields: 'id,shortcode', limit: GRAPH_PAGE_SIZE, ...(after ? { after } : {}) },
		});
		const found = rowsOf(page).find((post) => post.shortcode === shortcode);
		if (found) return String(found.id);
		after = nextCursor(page);
		if (!after) break;
	}
	throw fail(
		`The account has no post with the link "${link}"`,
		`Meta looks up no links, so the newest ${SEARCHED.toLocaleString('en')} posts of the account were searched. Posts of others and stories are not among them: use the ID instead.`,
	);
}

/** ID of the chosen post; a link is looked up among the account's own posts, whatever mode it stands in. */
export async function postIdOf(ctx: RunContext): Promise<string> {
	const given = String(ctx.param('postId')).trim();
	if (isMetaId(given)) return given;
	const shortcode = shortcodeIn(given);
	if (shortcode) return await findByShortcode(ctx, given, shortcode);
	throw ctx.fail(
		`${quoted(given)} is neither the ID nor the link of a post`,
		'An ID is a long number, from Get Many or from a trigger event. A link leads to a post or reel; links of stories carry a number that the API does not know.',
	);
}
