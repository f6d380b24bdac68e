import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { receive, verifyCallback } from './delivery/receive';
import { appCallbackAt, receiveAppCallback, showDeletionStatus } from './appCallbacks/receive';

/** Leads a request to what is in charge of its address and method. */
export async function route(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { path, method } = ctx.getRequestObject();
	const callback = appCallbackAt(path);
	if (method === 'GET') return callback ? await showDeletionStatus(ctx) : await verifyCallback(ctx);
	return callback ? await receiveAppCallback(ctx, callback) : await receive(ctx);
}
