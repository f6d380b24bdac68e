import type { IWebhookFunctions } from 'n8n-workflow';
import { readSecrets } from '../../meta/login/appSecrets';
import type { CredentialType } from '../../meta/connection';
import { Expiring } from './expiring';

/** What a webhook request is judged with. */
export type Secrets = Awaited<ReturnType<typeof readSecrets>>;

/** Reading a credential decrypts it and evaluates its expressions: too much work for each event. */
const MAX_AGE_MS = 60_000;
/** What does not match may mean a new secret or account, or a forger: look again, but not at each attempt. */
const MIN_AGE_MS = 5_000;

/** By node and credential, in clear: gone after a minute, also when nothing comes in any more. */
export const secretsInMemory = new Expiring<Secrets & { readAt: number }>();

/**
 * Secrets and accounts of the trigger's credential, kept in memory for a minute.
 * @param afterMismatch asks for a fresher copy; returns `undefined` when the one in memory is fresh enough
 */
async function secretsOf(n8n: IWebhookFunctions, afterMismatch: boolean): Promise<Secrets | undefined> {
	const type = n8n.getNodeParameter('authentication') as CredentialType;
	const { credentials, id } = n8n.getNode();
	const key = `${id}:${credentials?.[type]?.id ?? ''}`;
	const known = secretsInMemory.get(key);
	if (known && afterMismatch && Date.now() - known.readAt < MIN_AGE_MS) return undefined;
	if (known && !afterMismatch) return known;
	const secrets = { ...(await readSecrets(n8n, type)), readAt: Date.now() };
	secretsInMemory.set(key, secrets, secrets.readAt + MAX_AGE_MS);
	return secrets;
}

/**
 * Judges a request with the secrets in memory, and once more with fresh ones when the first verdict may come from
 * stale ones: the secret may be a new one, the account newly connected.
 */
export async function withSecrets<T>(
	n8n: IWebhookFunctions,
	judge: (secrets: Secrets) => T,
	mayBeStale: (verdict: T) => boolean,
): Promise<T> {
	const verdict = judge((await secretsOf(n8n, false)) as Secrets);
	if (!mayBeStale(verdict)) return verdict;
	const fresh = await secretsOf(n8n, true);
	return fresh ? judge(fresh) : verdict;
}
