import type { IHttpRequestOptions, NodeApiError } from 'n8n-workflow';
import type { CredentialType, MetaContext } from '../connection';
import { trace, type GraphError } from '../errors/metaError';
import { redact } from '../errors/tokens';
import { SIGN_AS_HEADER, WAKE } from './signAs';

/** Why a call that was meant to fail or to wake the credential came to nothing. */
type Provoked = {
	/** In words, as far as it can be told. */
	reason: string;
	/** HTTP status; 0 when no answer came. */
	status: number;
	/** Meta refused what n8n sent for the refresh: another way would only be refused once more. */
	isRefused: boolean;
};

/** Sends a call that is meant to fail or only to wake the credential; tells why, should nothing come of it. */
async function provoke(
	n8n: MetaContext,
	credentialType: CredentialType,
	options: IHttpRequestOptions,
	refreshOn?: number,
): Promise<Provoked> {
	try {
		await n8n.helpers.httpRequestWithAuthentication.call(
			n8n,
			credentialType,
			{ ...options, method: 'GET', json: true },
			refreshOn === undefined ? undefined : { oauth2: { tokenExpiredStatusCode: refreshOn } },
		);
		return { reason: '', status: 200, isRefused: false };
	} catch (error) {
		const { cause, context, message, description, httpCode } = error as NodeApiError;
		const status = Number(httpCode ?? 0) || 0;
		// n8n's own call for an app token failed; its error turns Meta's object into "[object Object]".
		const refused = (cause as { body?: { error?: GraphError } } | undefined)?.body?.error;
		if (refused?.code) {
			const reason = `Check the App ID and the app secret in the credential. Meta says: "${refused.message ?? ''}" ${trace({ status: 400, error: refused })}`;
			return { reason: redact(reason), status, isRefused: true };
		}
		const graph = (context?.data as { error?: GraphError } | undefined)?.error;
		return { reason: redact(`${graph ? '' : message} ${description ?? ''}`.trim()), status, isRefused: false };
	}
}

/** What Meta answers to a code exchange without parameters. */
const REFUSED_STATUS = 400;
/** What a gateway may answer in its place. */
const OTHER_STATUSES = [401, 403, 404];

/**
 * Makes n8n refresh a Facebook Login, which exchanges and stores its tokens: a code exchange without parameters is
 * always refused by Meta, and the refusal starts n8n's refresh. n8n before 2.40 compares the status with one number
 * only, so the second attempt names the one that was seen.
 */
export async function provokeExchange(n8n: MetaContext, type: CredentialType, versionedUrl: string): Promise<Provoked> {
	const options = { url: `${versionedUrl}/oauth/access_token` };
	const first = await provoke(n8n, type, options, REFUSED_STATUS);
	return OTHER_STATUSES.includes(first.status) ? await provoke(n8n, type, options, first.status) : first;
}

/** Makes n8n open or renew the session of a pasted token; one read of `/me`. */
export async function provokeSession(n8n: MetaContext, type: CredentialType, versionedUrl: string): Promise<Provoked> {
	return await provoke(n8n, type, { url: `${versionedUrl}/me`, headers: { [SIGN_AS_HEADER]: WAKE } });
}
