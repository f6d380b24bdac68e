import type { IWebhookFunctions } from 'n8n-workflow';
import { readSecrets } from '../meta/connection';
import type { CredentialType } from '../meta/context';

type Secrets = ReturnType<typeof readSecrets> & { readAt: number };

/** Reading a credential decrypts it and evaluates its expressions: too much work for each event. */
const MAX_AGE_MS = 60_000;
/** What does not match may mean a new secret or account, or a forger: look again, but not at each attempt. */
const MIN_AGE_MS = 5_000;

const cache = new Map<string, Secrets>();

/**
 * Secrets and accounts of the trigger's credential, kept in memory for a minute.
 * @param afterMismatch asks for a fresher copy; returns `undefined` when the one in memory is fresh enough
 */
export async function secretsOf(
	ctx: IWebhookFunctions,
	type: CredentialType,
	afterMismatch = false,
): Promise<Secrets | undefined> {
	const { credentials, id } = ctx.getNode();
	const key = `${id}:${credentials?.[type]?.id ?? ''}`;
	const known = cache.get(key);
	const age = known ? Date.now() - known.readAt : Infinity;
	if (afterMismatch && age < MIN_AGE_MS) return undefined;
	if (known && !afterMismatch && age < MAX_AGE_MS) return known;
	const secrets = { ...readSecrets(await ctx.getCredentials(type)), readAt: Date.now() };
	cache.set(key, secrets);
	return secrets;
}
