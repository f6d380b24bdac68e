import { NodeOperationError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Connection, CredentialType, MetaContext } from '../connection';
import { inWordsOf, type Advice } from '../errors/advice';
import { dayOf } from '../time';

/** A login that can sign. `credentials` are as stored after an exchange, so that nobody has to decrypt them again. */
type Prepared = Pick<
	Connection,
	'kind' | 'versionedUrl' | 'reach' | 'loginKey' | 'advice' | 'endsAt' | 'proofFor' | 'unstored'
> & {
	credentials: ICredentialDataDecryptedObject;
};

/** Makes a login ready to sign. Once connected, this makes no call to Meta. */
export type Prepare = (n8n: MetaContext, type: CredentialType, isReread: boolean) => Promise<Prepared>;

/**
 * An error that only a new login ends; n8n is told that the credential is at fault.
 * @param reason what is known of it; its advice stays, or how to get a new login is added
 */
function reconnect(n8n: MetaContext, advice: Advice, message: string, reason: string): NodeOperationError {
	const text = reason.includes('{') ? reason : `${reason} {reconnect}`.trim();
	const error = new NodeOperationError(n8n.getNode(), message, {
		description: inWordsOf(advice, text),
		level: 'warning',
	});
	error.failure = { cause: 'credential-invalid' };
	return error;
}

/**
 * Meta refused the first look at a pasted token. Its reason comes in our words, and only they are left of it: n8n hands on
 * no more of what a credential says. Where they ask for something else than a new token, a new one would not help.
 */
export function refusedToken(n8n: MetaContext, reason: string): NodeOperationError {
	const message = 'Meta does not accept the access token of the credential';
	const isToldByTable = reason.includes('Meta error ');
	if (!isToldByTable || reason.includes(inWordsOf('paste', '{reconnect}')))
		return reconnect(n8n, 'paste', message, reason);
	return new NodeOperationError(n8n.getNode(), message, { description: reason, level: 'warning' });
}

/** The operator saved the credential, and nobody has logged in with it. */
export function notConnected(n8n: MetaContext): NodeOperationError {
	return reconnect(n8n, 'popUp', 'The Instagram credential is not connected', '');
}

/** What the pop-up gives lives an hour or two: too short for a login that waits for its first use. */
export function notLasting(n8n: MetaContext, reason: string): NodeOperationError {
	const tooLate = 'A new login must be used within an hour: choose the account in a node, or run the node once.';
	return reconnect(
		n8n,
		'popUp',
		'Meta did not give a lasting login',
		reason.includes('Meta error 190') ? `${tooLate} ${reason}` : reason,
	);
}

/** What to know of a login that Meta renews without giving it more time, and what to do, each as a sentence. */
export function endingWords(endsAt: number, advice: Advice): { message: string; fix: string } {
	return {
		message: `Meta renews this login without giving it more time: it ends on ${dayOf(endsAt)}.`,
		fix: inWordsOf(advice, 'Before that day, {again}.'),
	};
}
