import type { IWebhookFunctions } from 'n8n-workflow';
import { matcherFor } from '../pattern/matcher';
import type { TriggerSettings } from './judge';

/** The Options of the trigger, as n8n stores them. */
export type TriggerOptions = {
	includeEchoes?: boolean;
	includeOwnComments?: boolean;
	includeTestPayloads?: boolean;
	onlyFirstMessageHours?: number;
	onlyMessagesThatMatch?: string;
	downloadAttachments?: boolean;
	addSenderProfile?: boolean;
	addMessagingWindow?: boolean;
	outputRawOnly?: boolean;
};

/** A pattern that cannot be used must not cost messages: all of them come, and n8n's log says why. */
function matcherOf(ctx: IWebhookFunctions, pattern: string): TriggerSettings['matches'] {
	const { matches, problem } = matcherFor(pattern);
	if (problem) ctx.logger.warn(`${ctx.getNode().name}: ${problem} Until then, every message starts the workflow.`);
	return matches;
}

/** What the Options say about which events are wanted. */
export function filtersOf(ctx: IWebhookFunctions): Omit<TriggerSettings, 'events' | 'accounts'> {
	const options = ctx.getNodeParameter('options', {}) as TriggerOptions;
	return {
		includeEchoes: options.includeEchoes ?? false,
		includeOwnComments: options.includeOwnComments ?? false,
		includeTestPayloads: options.includeTestPayloads ?? false,
		matches: matcherOf(ctx, String(options.onlyMessagesThatMatch ?? '')),
	};
}

/** What the Options add to the items, or leave out of them. */
export type Extras = Required<
	Pick<TriggerOptions, 'downloadAttachments' | 'addSenderProfile' | 'addMessagingWindow' | 'outputRawOnly'>
>;

/** All of them are off unless they are added. */
export function extrasOf(ctx: IWebhookFunctions): Extras {
	const options = ctx.getNodeParameter('options', {}) as TriggerOptions;
	const {
		downloadAttachments = false,
		addSenderProfile = false,
		addMessagingWindow = false,
		outputRawOnly = false,
	} = options;
	return { downloadAttachments, addSenderProfile, addMessagingWindow, outputRawOnly };
}

/** Hours within which a person starts the workflow once; 0 for always. */
export const quietHoursOf = (ctx: IWebhookFunctions): number =>
	Number((ctx.getNodeParameter('options', {}) as TriggerOptions).onlyFirstMessageHours ?? 0);
