import { switchComments } from './shared/switchComments';
import { operation } from '../define';
import { postField } from '../shared/postField';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media */
export const enableComments = operation({
	value: 'enableComments',
	name: 'Enable Comments',
	action: 'Enable comments of a post',
	description: 'Let people comment on a post again. What was written before is still there.',
	lane: (param) => param('postId'),
	fields: [postField],
	run: async (ctx) => await switchComments(ctx, true),
});
