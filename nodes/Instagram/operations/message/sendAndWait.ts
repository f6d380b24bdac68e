import type { IDataObject } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import type { SendOptions } from '../../../meta/messages/send';
import { checkText, MESSAGE_LIMITS } from '../../../meta/messages/limits';
import { checkTemplate } from '../../../meta/messages/templates';
import { operation, type RunContext } from '../define';
import { sendMessage, sendOptions } from './shared/sending';
import { soughtOf, startsWith, type Sought } from './shared/sentBefore';
import { recipientField } from '../shared/personField';
import { responseFields, waitOptions, waitTill } from './shared/waiting';

type Options = SendOptions & { linksAs?: string; messageButtonLabel?: string };
type Approval = { approvalType?: string; approveLabel?: string; disapproveLabel?: string };
type Link = { title: string; url: string };

/** What the person can tap. n8n signs each address as a whole, so a yes cannot be made of a no. */
function linksOf({ param, wait }: RunContext, options: Options): Link[] {
	if (param<string>('responseType', 'approval') === 'freeText')
		return [{ title: options.messageButtonLabel || 'Respond', url: wait.url({}) }];
	const { approvalType, approveLabel, disapproveLabel } =
		param<{ values?: Approval }>('approvalOptions', {}).values ?? {};
	const approve = { title: approveLabel || 'Approve', url: wait.url({ approved: 'true' }) };
	return approvalType === 'double'
		? [{ title: disapproveLabel || 'Decline', url: wait.url({ approved: 'false' }) }, approve]
		: [approve];
}

function messageOf(ctx: RunContext, text: string, links: Link[], linksAs = 'buttons'): IDataObject {
	if (linksAs === 'text') {
		const whole = [text, ...links.map(({ title, url }) => `${title}: ${url}`)].join('\n\n');
		checkText(ctx.fail, whole);
		return { text: whole };
	}
	const length = [...text].length;
	if (length > MESSAGE_LIMITS.buttonTemplateText) {
		throw ctx.fail(
			`The message has ${length} characters; with buttons Instagram takes at most ${MESSAGE_LIMITS.buttonTemplateText}`,
			'Shorten it, send the long part with Send Text before, or set Send Links As to Text under Options, which leaves 1,000 bytes for message and links.',
		);
	}
	const payload = {
		template_type: 'button',
		text,
		buttons: links.map(({ title, url }) => ({ type: 'web_url', title, url })),
	};
	checkTemplate(ctx.fail, payload);
	return { attachment: { type: 'template', payload } };
}

/**
 * The names of its fields are those of n8n's own Send and Wait nodes: n8n makes its review step for tools from them.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/button-template
 */
export const sendAndWait = operation({
	value: SEND_AND_WAIT_OPERATION,
	name: 'Send and Wait for Response',
	action: 'Send a message and wait for the response',
	description:
		'Send a message that leads to a page of this n8n, and pause the execution until the person has answered there. n8n must be reachable from the internet.',
	fields: [
		recipientField,
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Shall we send the cake on Friday?',
			description: 'What the person is asked, at most 640 characters with buttons',
		},
		...responseFields,
		sendOptions(...waitOptions),
	],
	run: async (ctx) => {
		if (ctx.wait.items > 1) {
			throw ctx.fail(
				`There are ${ctx.wait.items} items, and an execution can wait for one answer at a time`,
				'Put Loop Over Items before this node, with a batch size of 1. Nothing was sent.',
			);
		}
		const options = ctx.param<Options & IDataObject>('options', {});
		const till = waitTill(ctx, options);
		const question = ctx.param('message').trim();
		const message = messageOf(ctx, question, linksOf(ctx, options), options.linksAs);
		// The links are other ones in every run, and those of an earlier run lead to its own page.
		const sought: Sought = message.text ? { isExact: false, fits: startsWith(question) } : soughtOf(message);
		await sendMessage(ctx, message, { sought });
		await ctx.wait.until(till);
		return ctx.wait.input();
	},
});
