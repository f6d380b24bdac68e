import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readSignedRequest, type SignedRequest } from '../../meta/webhooks/signedRequest';
import { appCallbackItem, appCallbacks, userIdOf, type AppCallback } from './define';
import { deletionCode, readDeletionCode } from './deletionCode';
import { answer, handOver } from '../delivery/handOver';
import { copyToEditor } from '../delivery/liveCopies';
import { withSecrets, type Secrets } from '../delivery/secrets';

type Read = { request: SignedRequest; secrets: Secrets };

/** The callback that a request came to; `undefined` at the trigger's own address. */
export function appCallbackAt(path: string): AppCallback | undefined {
	return appCallbacks.find(({ below }) => path.replace(/\/+$/, '').endsWith(`/webhook${below}`));
}

async function readRequest(ctx: IWebhookFunctions, rawBody: Buffer): Promise<Read> {
	const value = new URLSearchParams(rawBody.toString('utf8')).get('signed_request');
	const read = (secrets: Secrets): Read => ({ request: readSignedRequest(value, secrets.webhookSecrets), secrets });
	return await withSecrets(ctx, read, ({ request }) => !request.valid && request.reason === 'mismatch');
}

/** The page of the operator when there is one, otherwise the one below. */
function statusUrl(ctx: IWebhookFunctions, { below }: AppCallback, code: string): string {
	const { deletionStatusPage = '' } = ctx.getNodeParameter('options', {}) as { deletionStatusPage?: string };
	const page = deletionStatusPage.trim() || `${String(ctx.getNodeWebhookUrl('default'))}${below}`;
	return `${page}${page.includes('?') ? '&' : '?'}code=${code}`;
}

/**
 * Receives a deauthorization or a deletion request. Meta gets its 200 once n8n has taken the event, and for a deletion
 * the address of a status page and a confirmation code with it.
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export async function receiveAppCallback(ctx: IWebhookFunctions, callback: AppCallback): Promise<IWebhookResponseData> {
	const { rawBody } = ctx.getRequestObject();
	if (!Buffer.isBuffer(rawBody)) return answer(ctx, 400, 'not a signed request');
	const { request, secrets } = await readRequest(ctx, rawBody);
	if (!request.valid) return answer(ctx, request.reason === 'mismatch' ? 401 : 400, `signed_request ${request.reason}`);
	copyToEditor(ctx, rawBody, callback.below);
	const events = ctx.getNodeParameter('events', []) as string[];
	// A confirmation would promise what no workflow does.
	if (!events.includes(callback.event))
		return answer(ctx, 404, `The trigger does not listen to "${callback.name}": choose it under Events.`);
	const { payload } = request;
	const { event } = callback;
	const [userId, issuedAt] = [userIdOf(payload), Number(payload.issued_at) || 0];
	if (event === 'deauthorize') {
		const item = appCallbackItem(event, `${userId}:${issuedAt}`, payload, secrets.accounts);
		return await handOver(ctx, [item], 'EVENT_RECEIVED');
	}
	const code = deletionCode(secrets.webhookSecrets[0], userId, issuedAt);
	const url = statusUrl(ctx, callback, code);
	const item = appCallbackItem(event, code, payload, secrets.accounts, { confirmationCode: code, statusUrl: url });
	return await handOver(ctx, [item], { url, confirmation_code: code });
}

const page = (title: string, text: string) =>
	`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** The page that a person finds behind the address that Meta shows them. It knows that a request was made, not what became of it. */
export async function showDeletionStatus(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { code } = ctx.getQueryData() as { code?: unknown };
	const receivedAt = await withSecrets(
		ctx,
		({ webhookSecrets }) => readDeletionCode(code, webhookSecrets),
		(found) => found === undefined,
	);
	if (!receivedAt)
		return answer(ctx, 404, page('Unknown code', 'There is no request with this confirmation code.'), 'text/html');
	const text = `Your request of ${receivedAt.slice(0, 10)} to delete your data was received and is being carried out. Your confirmation code is <b>${String(code)}</b>. Name it when you contact us about the request.`;
	return answer(ctx, 200, page('Deletion of your data', text), 'text/html');
}
