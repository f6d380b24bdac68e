import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inboxOf } from '../../../../meta/login/chooseAccount';
import type { RunContext } from '../../define';
import { personOf } from '../../shared/personField';

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

/**
 * One call of the conversation control edges. Facebook Login only: they belong to the Page.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export async function control(ctx: RunContext, edge: string, more: IDataObject, repeatable = false): Promise<string> {
	const personId = personOf(ctx);
	await ctx.graph({
		method: 'POST',
		path: `/${inboxOf(ctx.account())}/${edge}_thread_control`,
		body: { recipient: { id: personId }, ...more },
		repeatable,
		ifUnclear: 'Control of the conversation may or may not have changed: look with Get Owner before you try again.',
	});
	return personId;
}
