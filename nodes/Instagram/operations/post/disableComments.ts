import { switchComments } from './shared/switchComments';
import { operation } from '../define';
import { postField } from '../shared/postField';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media */
export const disableComments = operation({
	value: 'disableComments',
	name: 'Disable Comments',
	action: 'Disable comments of a post',
	description: 'Let nobody comment on a post any more. What was written before stays.',
	lane: (param) => param('postId'),
	fields: [postField],
	run: async (ctx) => await switchComments(ctx, false),
});
