import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { simplifyComment } from '../../../../meta/reading/comments';
import { isMetaId } from '../../../../meta/reading/postLink';
import type { RunContext } from '../../define';
import { optionsField } from '../../shared/reading';

export const commentIdField: INodeProperties = {
	displayName: 'Comment ID',
	name: 'commentId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 17894227972186120',
	description: 'ID of the comment, from a trigger event or from Get Many',
};

export const commentTextField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Thank you!',
	description: 'What to write. Instagram refuses long texts, texts in capitals, and several hashtags or links.',
};

/** For comments below ads. */
export const adOption = optionsField({
	displayName: 'Ad ID',
	name: 'adId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 23848921230010123',
	description: 'Ad below which the comment stands, where a post is used as an ad. Facebook Login only.',
});

/** Shown when it is open whether a comment was written. */
export const UNCLEAR_COMMENT =
	'The comment may or may not have been written: look at the comments of the post before you write it again.';

/** A number that Meta gave out, from a field of the node. */
export function metaId({ fail, param }: Pick<RunContext, 'fail' | 'param'>, field: string, label: string): string {
	const given = String(param(field, '')).trim();
	if (isMetaId(given)) return given;
	throw fail(
		`"${label}" is no ID of Meta: "${given}"`,
		'An ID is a long number, from a trigger event or from an operation that lists such objects.',
	);
}

export const commentIdOf = (ctx: RunContext): string => metaId(ctx, 'commentId', 'Comment ID');

/** The chosen ad as a parameter; Meta knows it with Facebook Login only. */
export function adOf({ connection, fail, param }: RunContext): IDataObject {
	const adId = String(param<{ adId?: string }>('options', {}).adId ?? '').trim();
	if (adId === '') return {};
	if (connection.kind === 'instagram')
		throw fail(
			'Meta knows no Ad ID with Instagram Login',
			'Remove the option, or choose a credential of Facebook Login.',
		);
	return { ad_id: adId };
}

/** Comments as Simplify says. */
export const shownComments = ({ account, param }: RunContext, comments: IDataObject[]): IDataObject[] =>
	param('simplify', true) ? comments.map((comment) => simplifyComment(comment, account())) : comments;

/** Hides a comment from others or shows it again; twice does no harm. */
export async function setHidden(ctx: RunContext, hide: boolean): Promise<IDataObject> {
	const commentId = commentIdOf(ctx);
	await ctx.graph({ method: 'POST', path: `/${commentId}`, body: { hide, ...adOf(ctx) }, repeatable: true });
	return { commentId, hidden: hide };
}
