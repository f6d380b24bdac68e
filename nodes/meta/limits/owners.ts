import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../connection';
import type { LimitScope } from '../errors/table';

/** What is known of a call before it leaves. */
export type CountedCall = { method: string; path: string; signAs: string; body?: IDataObject | FormData };

/** Meta counts what has to do with messages apart from the rest. */
const MESSAGING = /\/(conversations|messages|message_attachments|messenger_profile|\w+_thread_control)$/;

/**
 * The app at its host, as only those can name it who have its secret or a token of it. The App ID would not do: it is
 * public, and anybody can type it. Meta holds the secret against the token with each call to graph.facebook.com, and in
 * the pop-up of Instagram Login; beside a pasted Instagram token it is never checked, so such a login stands for itself.
 */
function appOf({ appSecret, credentialType, kind, loginKey, versionedUrl }: Connection): string {
	// Meta counts the calls of all versions together.
	const host = versionedUrl.replace(/\/[^/]*$/, '');
	const isProven = appSecret !== '' && (kind !== 'instagram' || credentialType === 'instagramLoginOAuth2Api');
	return `${host} ${isProven ? `app ${createHmac('sha256', appSecret).update('limits').digest('hex')}` : `login ${loginKey}`}`;
}

/**
 * The account that a call is made for, within its app: Meta counts for each app and account. Logins of one app share it,
 * because they all prove the app; nobody else can come upon its key.
 */
export function accountKeyOf(connection: Connection, signAs: string): string {
	const account = /^\d/.test(signAs) ? signAs : `${connection.loginKey} ${signAs}`;
	return `${appOf(connection)} ${account}`;
}

/** The person that a message goes to. A private reply names a comment: it opens the conversation, once. */
function personOf({ body }: CountedCall): string | undefined {
	if (!body || body instanceof FormData) return undefined;
	return (body.recipient as { id?: string } | undefined)?.id;
}

/**
 * Whose budgets a call uses up: the app's, the login's, that of the account, and that of the account for this one kind of
 * call; for a message also that of its conversation (`thread`).
 */
export function keysOf(
	connection: Connection,
	call: CountedCall,
): Record<LimitScope, string> & { thread: string | undefined } {
	const app = appOf(connection);
	const account = accountKeyOf(connection, call.signAs);
	const [, , ...edge] = call.path.split('/');
	const kind = `${account} ${call.method} ${edge.join('/')}`;
	const person = personOf(call);
	return {
		app,
		login: `${app} ${connection.loginKey}`,
		account: `${account} ${MESSAGING.test(call.path) ? 'messages' : 'rest'}`,
		call: kind,
		thread: person === undefined ? undefined : `${kind} ${person}`,
	};
}
