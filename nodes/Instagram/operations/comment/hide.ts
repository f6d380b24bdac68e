import { adOption, commentIdField, setHidden } from './shared/comments';
import { operation } from '../define';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment */
export const hide = operation({
	value: 'hide',
	name: 'Hide',
	action: 'Hide a comment',
	description:
		'Hide a comment and its replies from everybody but the person who wrote it. Comments of the account itself stay visible.',
	lane: (param) => param('commentId'),
	fields: [commentIdField, adOption],
	run: async (ctx) => await setHidden(ctx, true),
});
