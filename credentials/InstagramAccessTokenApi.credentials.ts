import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { appSecretProof, withProof } from '../nodes/meta/graph/appSecretProof';
import { credentialTestRules } from '../nodes/meta/errors/metaError';
import {
	endReread,
	isRereadRequested,
	noteRefusal,
	noteResult,
	resultToStore,
} from '../nodes/meta/login/exchangeRequests';
import { INSTAGRAM_TOKEN_START } from '../nodes/meta/errors/tokens';
import type { Http } from '../nodes/meta/graph/http';
import { isOwnAddress } from '../nodes/meta/graph/ownHosts';
import { sessionOf } from '../nodes/meta/login/openPastedToken';
import { inWordsOf } from '../nodes/meta/errors/advice';
import { SIGN_AS_HEADER, SIGN_UPLOAD, uploadAuthorization, WAKE } from '../nodes/meta/graph/signAs';
import { isRenewalDue, pastedOf, readSession, sourceOf, type TokenSession } from '../nodes/meta/login/pastedToken';
import { instagramGraphField, sharedFields } from './sharedFields';

/** Makes n8n run `preAuthentication`, save what it returns, and ask `authenticate` again; no call is sent for it. */
const renewalDue = () => Object.assign(new Error('The access token is due for renewal'), { response: { status: 401 } });

/** Where a request goes, in the words of both of n8n's request helpers; the one of the HTTP Request node says `uri`. */
type Destination = { baseURL?: string; url?: unknown; uri?: unknown; proxy?: unknown };

/**
 * Whoever may use the credential can choose the address of a request in n8n's HTTP Request node: tokens and app secret
 * are for Meta alone. A proxy that the request names could read along where certificates are not checked.
 * @throws Error in plain words, before anything is signed
 */
function checkAddress(
	{ graphBaseUrl, instagramGraphBaseUrl }: ICredentialDataDecryptedObject,
	{ baseURL, proxy, uri, url }: Destination,
): void {
	const given = [url, uri].filter((address) => address !== undefined).map(String);
	const whole = given.map((address) => (URL.canParse(address, baseURL) ? new URL(address, baseURL).href : ''));
	const isOwn = (address: string) => isOwnAddress(address, [graphBaseUrl, instagramGraphBaseUrl]);
	if (!proxy && whole.length > 0 && whole.every(isOwn)) return;
	throw new Error(
		proxy
			? 'The Instagram credential signs no request that names a proxy: take the proxy out of the request'
			: 'The Instagram credential signs requests to Meta only: use another credential for this address',
	);
}

/**
 * A pasted token of any kind: user, Page or system user (Facebook Login) or Instagram Login. `preAuthentication` finds
 * out what it is, exchanges or renews it where Meta allows, and n8n stores the result encrypted in `tokenSession`.
 */
export class InstagramAccessTokenApi implements ICredentialType {
	name = 'instagramAccessTokenApi';

	displayName = 'Instagram Access Token API';

	icon: Icon = { light: 'file:../nodes/Instagram/instagram.svg', dark: 'file:../nodes/Instagram/instagram.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-instagram-platform/n8n-nodes-instagram-platform#set-up';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'A user, Page or system user token of a Meta app, or a token of Instagram Login (App Dashboard > Instagram > API setup > Generate token)',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1234567890123456',
			hint: 'Optional: with App ID and App Secret a user token lasts, and the trigger sets itself up',
			description: 'App settings > Basic > App ID. Lets a user token live on, and the trigger subscribe by itself.',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret of the same app. The trigger needs it to check that webhooks come from Meta; for an Instagram Login token it is the Instagram app secret.',
		},
		...sharedFields,
		{
			...instagramGraphField,
			description: 'Used with tokens of Instagram Login. Change it only for a gateway or the sandbox.',
		},
		{
			displayName: 'Token Session',
			name: 'tokenSession',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		checkAddress(credentials, requestOptions);
		const session = readSession(credentials.tokenSession, pastedOf(credentials));
		const { [SIGN_AS_HEADER]: header, ...headers } = requestOptions.headers ?? {};
		// Only the call that asks for a new list has to wait for it.
		const isReread = header === WAKE && isRereadRequested(session?.madeFrom);
		if (!session || isRenewalDue(session, Date.now()) || isReread) throw renewalDue();
		const { appId, appSecret } = pastedOf(credentials);
		const isUpload = String(header ?? '').startsWith(SIGN_UPLOAD);
		const signAs = String(header ?? '').replace(SIGN_UPLOAD, '');
		const token = signAs === 'app' ? `${appId}|${appSecret}` : (session.pageTokens[signAs] ?? session.token);
		if (isUpload) return { ...requestOptions, headers: { ...headers, Authorization: uploadAuthorization(token) } };
		const signed = { ...requestOptions, headers: { ...headers, Authorization: `Bearer ${token}` } };
		// Meta documents the proof for graph.facebook.com only.
		return appSecret && session.kind !== 'instagram' ? withProof(signed, appSecretProof(token, appSecret)) : signed;
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.accessToken.trim().startsWith("${INSTAGRAM_TOKEN_START}") ? $credentials.instagramGraphBaseUrl : $credentials.graphBaseUrl }}`,
			url: '=/{{ $credentials.graphVersion }}/me',
			ignoreHttpStatusErrors: true,
		},
		rules: credentialTestRules,
	};

	/** Runs when the session is empty, void or due for renewal, and at each credential test; n8n saves what it returns. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const pasted = pastedOf(credentials);
		const http: Http = async (options) => await this.helpers.httpRequest(options);
		const loginKey = sourceOf(pasted);
		const session = readSession(credentials.tokenSession, pasted);
		const inPasteWords = (error: Error) => {
			noteRefusal(loginKey);
			throw new Error(inWordsOf('paste', error.message));
		};
		const isReread = endReread(loginKey);
		const made =
			resultToStore<TokenSession>(loginKey) ??
			(await sessionOf(http, credentials, session, isReread).catch(inPasteWords));
		noteResult(loginKey, made);
		return { tokenSession: JSON.stringify(made) };
	}
}
