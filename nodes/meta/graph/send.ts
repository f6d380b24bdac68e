import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { withProof } from './appSecretProof';
import type { Connection, MetaContext } from '../connection';
import type { Http } from './http';
import { SIGN_AS_HEADER, SIGN_UPLOAD, uploadAuthorization } from './signAs';

/** What n8n's helpers return when the whole answer is asked for. */
export type FullResponse = { body: unknown; headers: IDataObject; statusCode: number };

/** Ends a call when its execution is cancelled, where n8n tells. */
export function cancelSignalOf(n8n: MetaContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in n8n ? n8n.getExecutionCancelSignal() : undefined;
}

/** n8n's request helper for what it does not sign: the steps of a login, which bring their own token, and calls to n8n itself. */
export function plainHttp(n8n: MetaContext): Http {
	return async (options) => await n8n.helpers.httpRequest(options);
}

/** Signs with a token that n8n has not stored, and so cannot sign with. */
function signHere(
	n8n: MetaContext,
	options: IHttpRequestOptions,
	token: string | undefined,
	isUpload: boolean,
): IHttpRequestOptions {
	const Authorization = isUpload ? uploadAuthorization(token ?? '') : `Bearer ${token ?? ''}`;
	return { ...options, headers: { ...options.headers, Authorization }, abortSignal: cancelSignalOf(n8n) };
}

/** Signs with the token that n8n holds; none passes through this code, unless n8n could not store the login, or an app speaks that has none. */
export async function send(
	n8n: MetaContext,
	{ credentialType, kind, proofFor, tokenFor, unstored }: Connection,
	options: IHttpRequestOptions,
	signAs: string,
	isUpload = false,
) {
	const request = n8n.helpers.httpRequestWithAuthentication;
	const proof = isUpload ? undefined : proofFor?.(signAs);
	const proven = proof ? withProof(options, proof) : options;
	const ownToken = tokenFor ?? unstored?.tokenFor;
	if (ownToken) return await plainHttp(n8n)(signHere(n8n, proven, ownToken(signAs), isUpload));
	if (credentialType === 'instagramAccessTokenApi') {
		const header = isUpload ? `${SIGN_UPLOAD}${signAs}` : signAs;
		return (await request.call(n8n, credentialType, {
			...options,
			headers: { ...options.headers, [SIGN_AS_HEADER]: header },
		})) as unknown;
	}
	if (isUpload) {
		const oauth2 = { property: `uploadTokens.${signAs}`, keyToIncludeInAccessTokenHeader: 'Authorization' };
		return (await request.call(n8n, credentialType, options, { oauth2 })) as unknown;
	}
	// An Instagram Login has one token, which signs everything.
	const property =
		signAs === 'user' || kind === 'instagram' ? undefined : signAs === 'app' ? 'appToken' : `pageTokens.${signAs}`;
	return (await request.call(n8n, credentialType, proven, property ? { oauth2: { property } } : undefined)) as unknown;
}
