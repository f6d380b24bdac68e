import type { INodeProperties } from 'n8n-workflow';
import { metaId } from '../../shared/metaId';
import type { RunContext } from '../../define';

/** Where an account was mentioned, as the trigger tells it. */
export const mentionFields: INodeProperties[] = [
	{
		displayName: 'Post ID',
		name: 'mediaId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.mention.mediaId }}',
		description:
			'Post of somebody else in whose caption or below which the account was mentioned, from a trigger event. Meta lists no mentions.',
	},
	{
		displayName: 'Comment ID',
		name: 'commentId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.mention.commentId }}',
		description: 'Comment in which the account was mentioned; empty when it was mentioned in the caption',
	},
];

/** The post, and the comment if the mention stands in one. */
export function mentionOf(ctx: RunContext): { mediaId: string; commentId?: string } {
	const mediaId = metaId(ctx, 'mediaId', 'Post ID');
	const hasComment = String(ctx.param<unknown>('commentId', '') ?? '').trim() !== '';
	return { mediaId, ...(hasComment ? { commentId: metaId(ctx, 'commentId', 'Comment ID') } : {}) };
}
