import type { IWebhookFunctions } from 'n8n-workflow';

/** How long n8n may take when the sender is gone. A database that still works is faster, and Meta repeats for hours. */
const LONGEST_MS = 2 * 60 * 1000;

/**
 * Tells what becomes of the events that n8n is given with this response. n8n ends it with 200 once it has stored the
 * execution and with an error when it failed to, also when the sender has hung up in the meantime: Meta waits five
 * seconds, and the execution runs all the same. If n8n does neither, the events count as not taken.
 * @param tell may be called more than once; the first call counts
 */
export function watchOutcome(
	response: ReturnType<IWebhookFunctions['getResponseObject']>,
	tell: (taken: boolean) => void,
): void {
	// No event of Node tells it: `finish` never comes when the connection is gone.
	const end = response.end.bind(response) as (...args: unknown[]) => typeof response;
	response.end = (...args: unknown[]) => {
		tell(response.statusCode < 300);
		return end(...args);
	};
	response.once('close', () => {
		if (!response.writableEnded) AbortSignal.timeout(LONGEST_MS).addEventListener('abort', () => tell(false));
	});
}
