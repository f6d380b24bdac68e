import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inboxOf } from '../../../../meta/login/chooseAccount';
import type { RunContext } from '../../define';
import { personOf } from '../../shared/personField';
import { graphPath } from '../../../../meta/graph/path';

/** A note for the app on the other side. */
export const metadataOption: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'string',
			default: '',
			placeholder: 'e.g. Asked for a refund',
			description: 'Note about the conversation that the other app receives with its webhook',
		},
	],
};

/** A note as Meta wants it; nothing when it is empty. */
export function metadataOf({ param }: RunContext): IDataObject {
	const metadata = String(param<{ metadata?: string }>('options', {}).metadata ?? '').trim();
	return metadata ? { metadata } : {};
}

/** What can be done with the control of a conversation -> where Meta takes that, for a Page. */
const PATHS = {
	extend: (page: string) => graphPath`/${page}/extend_thread_control`,
	pass: (page: string) => graphPath`/${page}/pass_thread_control`,
	release: (page: string) => graphPath`/${page}/release_thread_control`,
	request: (page: string) => graphPath`/${page}/request_thread_control`,
	take: (page: string) => graphPath`/${page}/take_thread_control`,
};

/**
 * One call of the conversation control edges. Facebook Login only: they belong to the Page.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export async function control(
	ctx: RunContext,
	edge: keyof typeof PATHS,
	more: IDataObject,
	repeatable = false,
): Promise<string> {
	const personId = personOf(ctx);
	await ctx.graph({
		method: 'POST',
		path: PATHS[edge](inboxOf(ctx.account())),
		body: { recipient: { id: personId }, ...more },
		repeatable,
		ifUnclear: 'Control of the conversation may or may not have changed: look with Get Owner before you try again.',
	});
	return personId;
}
