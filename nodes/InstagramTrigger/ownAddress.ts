import type { IHookFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { plainHttp } from '../meta/graph';

type Answer = { statusCode: number; body: unknown };

/**
 * Calls one of this trigger's own addresses on n8n; never Meta, and never an address that came from outside.
 * @returns HTTP status and text
 * @throws Error when n8n does not reach itself there
 */
export async function callOwnAddress(ctx: IHookFunctions | IWebhookFunctions, options: IHttpRequestOptions): Promise<{ status: number; text: string }> {
	const { statusCode, body } = (await plainHttp(ctx)({
		...options,
		encoding: 'text',
		timeout: 10_000,
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as Answer;
	return { status: statusCode, text: String(body) };
}
