import type { SubscribedApp } from '../webhooks/subscriptions';
import type { Connection, CredentialType } from '../connection';
import type { Account } from '../accounts';
import type { Read } from './read';

/**
 * What Meta says about a token. Times in seconds since 1970, 0 = never.
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export type TokenFacts = {
	type?: string;
	application?: string;
	app_id?: string;
	is_valid?: boolean;
	issued_at?: number;
	expires_at?: number;
	data_access_expires_at?: number;
	scopes?: string[];
	granular_scopes?: Array<{ scope: string; target_ids?: string[] }>;
	error?: { code: number; subcode?: number; message?: string };
};

/** A row of `/me/permissions`. */
export type Permission = { permission: string; status: string };

/** A Page, with what the person may do there and its account. */
export type PageFacts = {
	id: string;
	name?: string;
	tasks?: string[];
	instagram_business_account?: { id: string; username?: string };
};

/** A row of the app's subscriptions. */
export type AppWebhook = {
	object: string;
	callback_url?: string;
	active?: boolean;
	fields?: Array<string | { name: string }>;
};

/** The account's publishing limit. */
export type Quota = { quota_usage?: number; config?: { quota_total?: number; quota_duration?: number } };

/** What is stored about the login, without its secrets. */
export type Stored = {
	/** What the operator wants to do; `undefined` where the credential does not say (pasted token, configuration). */
	capabilities?: string[];
	/** End of the token as far as n8n knows it, in milliseconds since 1970. */
	endsAt?: number;
	/** When a renewal was last tried, in milliseconds since 1970. */
	renewedAt?: number;
	/** When Meta last renewed the token without giving it more time, in milliseconds since 1970. */
	unextendedAt?: number;
	/** The credential prolongs its token by itself. */
	renews: boolean;
	/** Present when n8n has not saved the login, so that it ends with the process. */
	unstored?: { message: string; fix: string };
};

/** Everything that the checks look at: read once, side by side. */
export type Facts = {
	/** Milliseconds since 1970. */
	now: number;
	login: Pick<Connection, 'kind' | 'appId' | 'advice' | 'versionedUrl'> & {
		credentialType: CredentialType;
		hasApp: boolean;
	};
	stored: Stored;
	account?: Account;
	/** Why there is no account. */
	accountProblem?: { message: string; fix: string };
	/** Where n8n can be reached: the address for webhooks, and the one of the editor. */
	addresses: { webhooks: string; editor: string };
	token: Read<TokenFacts>;
	/** `/me`: works with every token that is alive, whatever its permissions. */
	me: Read<Record<string, unknown>>;
	permissions: Read<Permission[]>;
	/** Pages of the person, with the tasks on them. */
	pages: Read<PageFacts[]>;
	/** The account's Page, read with the Page's own token. */
	page: Read<PageFacts>;
	webhooks: Read<AppWebhook[]>;
	/** Permissions that App Review has looked at. */
	reviewed: Read<Permission[]>;
	subscribedApps: Read<SubscribedApp[]>;
	conversations: Read<unknown>;
	quota: Read<Quota>;
};

/** Every read of the facts, whatever came of it. */
export function readsOf(facts: Facts): Array<Read<unknown>> {
	const { token, me, permissions, pages, page, webhooks, reviewed, subscribedApps, conversations, quota } = facts;
	return [token, me, permissions, pages, page, webhooks, reviewed, subscribedApps, conversations, quota];
}
