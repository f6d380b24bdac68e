import { byAccount } from '../../world/authors.mts';
import { deleteComment, repliesTo, topLevelComments, writeComment } from '../../world/comments.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { commentNode } from '../nodes/media.mts';
import { edgePage } from '../engine/paging.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'instagram_manage_comments'];
const MAX_PAGE = 50;

const readMessage = (value: unknown): string => {
	if (typeof value !== 'string' || value.trim() === '') throw invalidParam('The parameter message is required');
	return value;
};

/**
 * Comments and replies.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment
 */
export const commentEndpoints: Endpoint[] = [
	endpoint({
		on: 'media',
		edge: 'comments',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, media) =>
			edgePage(call, {
				items: topLevelComments(media),
				keyOf: (comment) => comment.id,
				type: commentNode,
				standardLimit: MAX_PAGE,
				maxLimit: MAX_PAGE,
			}),
	}),
	endpoint({
		on: 'media',
		edge: 'comments',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { message: 'string', ad_id: 'string' },
		run: (call, media) => {
			const text = readMessage(call.params.message);
			if (!media.commentsEnabled) throw invalidParam('Comments on this media are switched off');
			return { id: writeComment(call.world, media, byAccount(media.account), text).id };
		},
	}),
	endpoint({
		on: 'comment',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, comment) => selectNode(commentNode, comment, call.fields, call),
	}),
	endpoint({
		on: 'comment',
		edge: 'replies',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, comment) =>
			edgePage(call, {
				items: repliesTo(comment),
				keyOf: (reply) => reply.id,
				type: commentNode,
				standardLimit: MAX_PAGE,
				maxLimit: MAX_PAGE,
			}),
	}),
	endpoint({
		on: 'comment',
		edge: 'replies',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { message: 'string' },
		run: (call, comment) => {
			const text = readMessage(call.params.message);
			if (comment.hidden) throw invalidParam('A hidden comment cannot be answered');
			return {
				id: writeComment(call.world, comment.media, byAccount(comment.media.account), text, comment).id,
			};
		},
	}),
	endpoint({
		on: 'comment',
		edge: '',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { hide: 'bool!', ad_id: 'string' },
		run: (call, comment) => {
			// The owner's own comments are always shown, whatever was asked.
			if (comment.from.kind === 'customer') comment.hidden = call.params.hide === true;
			return { success: true };
		},
	}),
	endpoint({
		on: 'comment',
		edge: '',
		method: 'DELETE',
		token: 'any',
		scopes: SCOPES,
		params: { ad_id: 'string' },
		run: (call, comment) => {
			if (comment.deleted) throw new GraphError({ code: 100, subcode: 33, message: 'The comment is gone' });
			deleteComment(call.world, comment);
			return { success: true };
		},
	}),
];
