import type { IWebhookFunctions } from 'n8n-workflow';
import { matcherFor } from '../pattern/matcher';
import type { TriggerSettings } from './judge';
import type { Extras } from '../extras/chosen';

/** The Options of the trigger, as n8n stores them. */
export type TriggerOptions = Partial<Extras> & {
	includeEchoes?: boolean;
	includeOwnComments?: boolean;
	includeTestPayloads?: boolean;
	onlyFirstMessageHours?: number;
	onlyMessagesThatMatch?: string;
};

/** A pattern that cannot be used must not cost messages: all of them come, and n8n's log says why. */
function matcherOf(n8n: IWebhookFunctions, pattern: string): TriggerSettings['matches'] {
	const { matches, problem } = matcherFor(pattern);
	if (problem) n8n.logger.warn(`${n8n.getNode().name}: ${problem} Until then, every message starts the workflow.`);
	return matches;
}

/** What the Options say about which events are wanted. */
export function filtersOf(n8n: IWebhookFunctions): Omit<TriggerSettings, 'events' | 'accounts'> {
	const options = n8n.getNodeParameter('options', {}) as TriggerOptions;
	return {
		includeEchoes: options.includeEchoes ?? false,
		includeOwnComments: options.includeOwnComments ?? false,
		includeTestPayloads: options.includeTestPayloads ?? false,
		matches: matcherOf(n8n, String(options.onlyMessagesThatMatch ?? '')),
	};
}

/** Hours within which a person starts the workflow once; 0 for always. */
export function quietHoursOf(n8n: IWebhookFunctions): number {
	return Number((n8n.getNodeParameter('options', {}) as TriggerOptions).onlyFirstMessageHours ?? 0);
}
