import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { findHashtag, hashtagIn, isHashtagId, listHashtagPosts } from '../../../../meta/reading/hashtags';
import { HASHTAG_FIELDS } from '../../../../meta/reading/fields';
import type { RunContext } from '../../define';
import { chosenFields, shown } from '../../shared/reading';
import type { GraphPath } from '../../../../meta/graph/path';

export const HASHTAG_NOTE =
	'Meta takes 30 different hashtags per account within 7 days. The app needs the feature Instagram Public Content Access. Facebook Login only';

export const hashtagField: INodeProperties = {
	displayName: 'Hashtag',
	name: 'hashtag',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. sourdough',
	description: 'The hashtag, with or without #, or its ID',
};

/** The word that the operator gave, checked before Meta is asked. */
export function hashtagName({ fail, param }: RunContext): string {
	const given = param('hashtag').trim();
	const name = hashtagIn(given);
	if (name) return name;
	throw fail(
		`"${given}" is no hashtag`,
		'A hashtag is one word of letters, digits and underscores, without blanks and emoji.',
	);
}

/** ID of a hashtag by its name. */
export async function hashtagIdOf(ctx: RunContext, name: string): Promise<string> {
	const id = await findHashtag(ctx.graph, ctx.account().id, name);
	if (id) return id;
	throw ctx.fail(`Instagram knows no hashtag "${name}"`, 'Check the spelling.');
}

/** Public posts of the chosen hashtag; `pathOf` leads from its ID to a list. */
export async function hashtagPosts(ctx: RunContext, pathOf: (id: string) => GraphPath): Promise<IDataObject[]> {
	const { query, names } = chosenFields(ctx, HASHTAG_FIELDS);
	const name = hashtagName(ctx);
	const id = isHashtagId(name) ? name : await hashtagIdOf(ctx, name);
	const limit = ctx.param('returnAll', false) ? Infinity : ctx.param('limit', 50);
	return shown(
		ctx,
		await listHashtagPosts(ctx.graph, pathOf(id), { user_id: ctx.account().id, fields: query }, limit),
		names,
	);
}
