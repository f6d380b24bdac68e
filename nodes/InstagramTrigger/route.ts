import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { receive, verifyCallback } from './delivery/receive';
import { appCallbackAt, receiveAppCallback, showDeletionStatus } from './appCallbacks/receive';

/** Leads a request to what is in charge of its address and method. */
export async function route(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { path, method } = n8n.getRequestObject();
	const callback = appCallbackAt(path);
	if (method === 'GET') return callback ? await showDeletionStatus(n8n) : await verifyCallback(n8n);
	return callback ? await receiveAppCallback(n8n, callback) : await receive(n8n);
}
