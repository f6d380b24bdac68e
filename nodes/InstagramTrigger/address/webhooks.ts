import type { IWebhookDescription } from 'n8n-workflow';
import { WEBHOOK_PATH } from './addresses';

// An empty text lets the node say what Meta gets; n8n answers once it has the execution.
const reply = { responseMode: 'onReceived', responseData: '' } as const;

/**
 * The addresses of the trigger, in the order in which n8n opens them. Literals all: n8n starts no expression engine
 * for them.
 */
export const webhooks: IWebhookDescription[] = [
	// Meta's challenge, a GET, arrives while `default` is set up. When that fails, n8n closes all addresses of the node and
	// opens the one that failed again, alone: it has to be the one that the challenge needs.
	{ name: 'default', httpMethod: 'GET', path: WEBHOOK_PATH, ndvHideUrl: true, ...reply },
	{ name: 'setup', httpMethod: 'POST', path: WEBHOOK_PATH, ...reply },
	// Only `default` has a life at Meta: these two a person enters in the App Dashboard.
	{ name: 'setup', httpMethod: 'POST', path: `${WEBHOOK_PATH}/deauthorize`, ...reply },
	{ name: 'setup', httpMethod: 'POST', path: `${WEBHOOK_PATH}/deletion`, ...reply },
	{ name: 'setup', httpMethod: 'GET', path: `${WEBHOOK_PATH}/deletion`, ndvHideUrl: true, ...reply },
];
