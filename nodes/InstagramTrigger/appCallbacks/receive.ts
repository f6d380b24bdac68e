import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readSignedRequest, type SignedRequest } from '../../meta/webhooks/signedRequest';
import { appCallbackItem, appCallbacks, userIdOf, type AppCallback } from './define';
import { deletionCode, readDeletionCode } from './deletionCode';
import { answer, handToN8n } from '../delivery/handOver';
import { copyToEditor } from '../delivery/liveCopies';
import { withSecrets, type Secrets } from '../delivery/secrets';

type Read = { request: SignedRequest; secrets: Secrets };

/** The callback that a request came to; `undefined` at the trigger's own address. */
export function appCallbackAt(path: string): AppCallback | undefined {
	return appCallbacks.find(({ below }) => path.replace(/\/+$/, '').endsWith(`/webhook${below}`));
}

async function readRequest(n8n: IWebhookFunctions, rawBody: Buffer): Promise<Read> {
	const value = new URLSearchParams(rawBody.toString('utf8')).get('signed_request');
	const read = (secrets: Secrets): Read => ({ request: readSignedRequest(value, secrets.webhookSecrets), secrets });
	return await withSecrets(n8n, read, ({ request }) => !request.valid && request.reason === 'mismatch');
}

/** The page of the operator when there is one, otherwise the one below. */
function statusUrl(n8n: IWebhookFunctions, { below }: AppCallback, code: string): string {
	const { deletionStatusPage = '' } = n8n.getNodeParameter('options', {}) as { deletionStatusPage?: string };
	const page = deletionStatusPage.trim() || `${String(n8n.getNodeWebhookUrl('default'))}${below}`;
	return `${page}${page.includes('?') ? '&' : '?'}code=${code}`;
}

/**
 * Receives a deauthorization or a deletion request. Meta gets its 200 once n8n has taken the event, and for a deletion
 * the address of a status page and a confirmation code with it.
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export async function receiveAppCallback(n8n: IWebhookFunctions, callback: AppCallback): Promise<IWebhookResponseData> {
	const { rawBody } = n8n.getRequestObject();
	if (!Buffer.isBuffer(rawBody)) return answer(n8n, 400, 'not a signed request');
	const { request, secrets } = await readRequest(n8n, rawBody);
	if (!request.valid) return answer(n8n, request.reason === 'mismatch' ? 401 : 400, `signed_request ${request.reason}`);
	copyToEditor(n8n, rawBody, callback.below);
	const events = n8n.getNodeParameter('events', []) as string[];
	// A confirmation would promise what no workflow does.
	if (!events.includes(callback.event))
		return answer(n8n, 404, `The trigger does not listen to "${callback.name}": choose it under Events.`);
	const { payload } = request;
	const { event } = callback;
	const [userId, issuedAt] = [userIdOf(payload), Number(payload.issued_at) || 0];
	if (event === 'deauthorize') {
		const item = appCallbackItem(event, `${userId}:${issuedAt}`, payload, secrets.accounts);
		return await handToN8n(n8n, [item], 'EVENT_RECEIVED');
	}
	const code = deletionCode(secrets.webhookSecrets[0], userId, issuedAt);
	const url = statusUrl(n8n, callback, code);
	const item = appCallbackItem(event, code, payload, secrets.accounts, { confirmationCode: code, statusUrl: url });
	return await handToN8n(n8n, [item], { url, confirmation_code: code });
}

const page = (title: string, text: string) =>
	`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** The page shows a text, and the code in its address is nobody else's business. */
const PAGE_HEADERS = {
	'Content-Security-Policy': "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
};

function showPage(n8n: IWebhookFunctions, status: number, title: string, text: string): IWebhookResponseData {
	const response = n8n.getResponseObject();
	for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
	return answer(n8n, status, page(title, text), 'text/html');
}

/** The page that a person finds behind the address that Meta shows them. It knows that a request was made, not what became of it. */
export async function showDeletionStatus(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { code } = n8n.getQueryData() as { code?: unknown };
	const receivedAt = await withSecrets(
		n8n,
		({ webhookSecrets }) => readDeletionCode(code, webhookSecrets),
		(found) => found === undefined,
	);
	if (!receivedAt) return showPage(n8n, 404, 'Unknown code', 'There is no request with this confirmation code.');
	const text = `Your request of ${receivedAt.slice(0, 10)} to delete your data was received and is being carried out. Your confirmation code is <b>${String(code)}</b>. Name it when you contact us about the request.`;
	return showPage(n8n, 200, 'Deletion of your data', text);
}
