import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { simplifyComment } from '../../../../meta/reading/comments';
import type { RunContext } from '../../define';
import { optionsField } from '../../shared/reading';
import { metaId } from '../../shared/metaId';
import { graphPath } from '../../../../meta/graph/path';

export const commentIdField: INodeProperties = {
	displayName: 'Comment ID',
	name: 'commentId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 17894227972186120',
	description: 'ID of the comment, from a trigger event or from Get Many',
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

/** ID of the chosen comment. */
export function commentIdOf(ctx: RunContext): string {
	return metaId(ctx, 'commentId', 'Comment ID');
}

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
export function shownComments({ account, param }: RunContext, comments: IDataObject[]): IDataObject[] {
	return param('simplify', true) ? comments.map((comment) => simplifyComment(comment, account())) : comments;
}

/** Hides a comment from others or shows it again; twice does no harm. */
export async function setHidden(ctx: RunContext, hide: boolean): Promise<IDataObject> {
	const commentId = commentIdOf(ctx);
	await ctx.graph({ method: 'POST', path: graphPath`/${commentId}`, body: { hide, ...adOf(ctx) }, repeatable: true });
	return { commentId, hidden: hide };
}
