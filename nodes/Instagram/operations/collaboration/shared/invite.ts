import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { metaId } from '../../shared/metaId';
import type { RunContext } from '../../define';
import { graphPath } from '../../../../meta/graph/path';

export const invitedPostField: INodeProperties = {
	displayName: 'Post ID',
	name: 'mediaId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json.mediaId }}',
	description: 'ID of the post to which the account is invited, from Get Invites',
};

/**
 * Answers an invite. Once it is answered, Meta knows it no more.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/collaboration_invites
 */
export async function answerInvite(ctx: RunContext, accept: boolean): Promise<IDataObject> {
	const mediaId = metaId(ctx, 'mediaId', 'Post ID');
	const path = graphPath`/${ctx.account().id}/collaboration_invites`;
	const ifUnclear = 'The invite may or may not be answered: Get Invites lists those that are open.';
	await ctx.graph({ method: 'POST', path, body: { media_id: mediaId, accept }, ifUnclear });
	return { mediaId, accepted: accept };
}
