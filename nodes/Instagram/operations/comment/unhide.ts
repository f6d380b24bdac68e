import { adOption, commentIdField, setHidden } from './shared/comments';
import { operation } from '../define';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment */
export const unhide = operation({
	value: 'unhide',
	name: 'Unhide',
	action: 'Unhide a comment',
	description: 'Show a hidden comment to everybody again',
	lane: (param) => param('commentId'),
	fields: [commentIdField, adOption],
	run: async (ctx) => await setHidden(ctx, false),
});
