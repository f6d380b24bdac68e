import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { withProof } from './appSecretProof';
import type { Connection, MetaContext } from '../context';
import type { Http } from '../login/request';
import { SIGN_AS_HEADER, SIGN_UPLOAD, uploadAuthorization } from './signAs';

/** What n8n's helpers return when the whole answer is asked for. */
export type FullResponse = { body: unknown; headers: IDataObject; statusCode: number };

/** Ends a call when its execution is cancelled, where n8n tells. */
export const cancelSignalOf = (ctx: MetaContext): AbortSignal | undefined =>
	'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;

/** n8n's request helper for what it does not sign: the steps of a login, which bring their own token, and calls to n8n itself. */
export const plainHttp =
	(ctx: MetaContext): Http =>
	async (options) =>
		await ctx.helpers.httpRequest(options);

/** Signs with a token that n8n has not stored, and so cannot sign with. */
function signHere(
	ctx: MetaContext,
	options: IHttpRequestOptions,
	token: string | undefined,
	isUpload: boolean,
): IHttpRequestOptions {
	const Authorization = isUpload ? uploadAuthorization(token ?? '') : `Bearer ${token ?? ''}`;
	return { ...options, headers: { ...options.headers, Authorization }, abortSignal: cancelSignalOf(ctx) };
}

/** Signs with the token that n8n holds for `as`; none passes through this code, unless n8n could not store the login. */
export async function send(
	ctx: MetaContext,
	{ credentialType, kind, proofFor, unstored }: Connection,
	options: IHttpRequestOptions,
	as: string,
	isUpload = false,
) {
	const request = ctx.helpers.httpRequestWithAuthentication;
	const proof = isUpload ? undefined : proofFor?.(as);
	const proven = proof ? withProof(options, proof) : options;
	if (unstored) return await plainHttp(ctx)(signHere(ctx, proven, unstored.tokenFor(as), isUpload));
	if (credentialType === 'instagramAccessTokenApi') {
		const signAs = isUpload ? `${SIGN_UPLOAD}${as}` : as;
		return (await request.call(ctx, credentialType, {
			...options,
			headers: { ...options.headers, [SIGN_AS_HEADER]: signAs },
		})) as unknown;
	}
	if (isUpload) {
		const oauth2 = { property: `uploadTokens.${as}`, keyToIncludeInAccessTokenHeader: 'Authorization' };
		return (await request.call(ctx, credentialType, options, { oauth2 })) as unknown;
	}
	// An Instagram Login has one token, which signs everything.
	const property = as === 'user' || kind === 'instagram' ? undefined : as === 'app' ? 'appToken' : `pageTokens.${as}`;
	return (await request.call(ctx, credentialType, proven, property ? { oauth2: { property } } : undefined)) as unknown;
}
