import type { IAllExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Advice } from './errors/advice';
import type { LoginKind, LoginReach } from './accounts';

/** Where n8n runs this code; all of them offer credentials and the same request helper. */
export type MetaContext = IAllExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** The credentials of both nodes, as n8n names them. */
export type CredentialType = 'instagramFacebookLoginOAuth2Api' | 'instagramLoginOAuth2Api' | 'instagramAccessTokenApi';

/** Why n8n did not store a login: it offers no way, or the attempt failed. */
export type Unstored = 'notOffered' | 'failed';

/** How long the calls of one item may still wait, all together, until Meta takes calls again. */
export type Patience = {
	/** In milliseconds. */
	leftMs: number;
	/** Up to here the waits are counted, in milliseconds since 1970. */
	countedUntil: number;
};

/** App ID and app secret as in the App Dashboard, and where to call with them: host and version, no slash at the end. */
export type MetaApp = { appId: string; appSecret: string; versionedUrl: string };

/** A login that is ready to sign calls: where to send them, as whom, and with which of its tokens. */
export type Connection = {
	credentialType: CredentialType;
	kind: LoginKind;
	/** Host and version, no slash at the end. */
	versionedUrl: string;
	appId: string;
	appSecret: string;
	verifyToken: string;
	/** The operator chose the verify token; otherwise it is derived, and only Meta and n8n know it. */
	hasOwnVerifyToken: boolean;
	defaultAccount: string;
	/** The Meta app that an Instagram app belongs to, where the credential of an Instagram Login names it. */
	metaApp?: MetaApp;
	reach: LoginReach;
	/** How the operator gets a new login. */
	advice: Advice;
	/** Fingerprint of the login's token, to remember things by; tells nothing of the token. */
	loginKey: string;
	/** When the login ends, in milliseconds since 1970, where Meta renews it without giving it more time. */
	endsAt?: number;
	/** `appsecret_proof` for the token that signs as a Page ID, `user` or `app`; absent where another place adds it, or Meta takes none. */
	proofFor?: (signAs: string) => string | undefined;
	/** Signs with a token that n8n does not hold: that of an app which has no login of its own. */
	tokenFor?: (signAs: string) => string;
	/** What the calls of an item use up by waiting until Meta takes calls again; without it a call never waits for that. */
	patience?: Patience;
	/** n8n has not stored the login: it works until n8n ends, and the node signs by itself with what this process has. */
	unstored?: { why: Unstored; tokenFor(signAs: string): string | undefined };
};
