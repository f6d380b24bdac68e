import type { IHookFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { plainHttp } from '../../meta/graph/send';

type Answer = { statusCode: number; body: unknown };

/**
 * Calls an address of a trigger on this n8n; never Meta, and never another origin.
 * @returns HTTP status and text
 * @throws Error when n8n does not reach itself there
 */
export async function callOwnAddress(
	n8n: IHookFunctions | IWebhookFunctions,
	options: IHttpRequestOptions,
): Promise<{ status: number; text: string }> {
	const { statusCode, body } = (await plainHttp(n8n)({
		...options,
		encoding: 'text',
		timeout: 10_000,
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as Answer;
	return { status: statusCode, text: String(body) };
}

/** Whether n8n opens no workflow at an address of its own. An inactive workflow and a deleted one look the same. */
export async function isDeserted(n8n: IHookFunctions, url: string): Promise<boolean> {
	const asked = await callOwnAddress(n8n, { method: 'GET', url }).catch(() => undefined);
	return asked?.status === 404;
}
