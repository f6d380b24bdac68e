import type { CredentialType, MetaContext } from '../connection';
import { plainHttp } from '../graph/send';
import { keepLogin, onceAtATime, readLogin } from './heldLogins';
import { isDue, isLasting, prolongInstagramLogin, tokenOf, type InstagramTokenData } from './instagramLogin';
import { fingerprint, trimUrl } from './request';
import { notConnected, notLasting, type Prepare } from './prepare';

const needsExchange = (data: InstagramTokenData): boolean => !isLasting(data) || isDue(data, Date.now());

/** Exchanges or renews the token, and has the result stored. */
async function exchange(n8n: MetaContext, type: CredentialType): Promise<void> {
	const { credentials, data } = await readLogin<InstagramTokenData>(n8n, type);
	// Somebody else did it while this execution waited.
	if (!data || !needsExchange(data)) return;
	const app = {
		baseUrl: trimUrl(credentials.instagramGraphBaseUrl),
		version: String(credentials.graphVersion ?? '').trim(),
		secret: String(credentials.clientSecret ?? '').trim(),
	};
	await keepLogin(n8n, type, credentials, await prolongInstagramLogin(plainHttp(n8n), app, data));
}

/** Sees to it that the token of an Instagram Login is one of 60 days, stored by n8n where n8n lets us. */
export const prepareInstagramLogin: Prepare = async (n8n, type) => {
	let login = await readLogin<InstagramTokenData>(n8n, type);
	if (!tokenOf(login.data)) throw notConnected(n8n);
	if (needsExchange(login.data as InstagramTokenData)) {
		const token = fingerprint(tokenOf(login.data));
		await onceAtATime(n8n, type, token, async () => await exchange(n8n, type)).catch((error: Error) => {
			throw notLasting(n8n, error.message);
		});
		login = await readLogin<InstagramTokenData>(n8n, type);
	}
	const { credentials, data, unstored } = login;
	return {
		kind: 'instagram',
		versionedUrl: `${trimUrl(credentials.instagramGraphBaseUrl)}/${String(credentials.graphVersion ?? '').trim()}`,
		reach: { accounts: data?.accounts ?? [], pageTokens: {} },
		credentials,
		loginKey: data?.longLivedFor ?? '',
		advice: 'popUp',
		endsAt: data?.unextendedAt && data.longLivedUntil,
		unstored: unstored && { why: unstored, tokenFor: () => tokenOf(data) },
	};
};
