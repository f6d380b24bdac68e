import type { CredentialType, MetaContext } from '../context';
import { plainHttp } from '../graph/send';
import { keepLogin, onceAtATime, readLogin } from './heldLogins';
import { isDue, isLasting, prolongInstagramLogin, tokenOf, type InstagramTokenData } from './instagramLogin';
import { fingerprint, trimUrl } from './request';
import { notConnected, notLasting, type Prepare } from './prepare';

const needsExchange = (data: InstagramTokenData): boolean => !isLasting(data) || isDue(data, Date.now());

/** Exchanges or renews the token, and has the result stored. */
async function exchange(ctx: MetaContext, type: CredentialType): Promise<void> {
	const { credentials, data } = await readLogin<InstagramTokenData>(ctx, type);
	// Somebody else did it while this execution waited for its turn.
	if (!data || !needsExchange(data)) return;
	const app = {
		baseUrl: trimUrl(credentials.instagramGraphBaseUrl),
		version: String(credentials.graphVersion ?? '').trim(),
		secret: String(credentials.clientSecret ?? '').trim(),
	};
	await keepLogin(ctx, type, credentials, await prolongInstagramLogin(plainHttp(ctx), app, data));
}

/** Sees to it that the token of an Instagram Login is one of 60 days, stored by n8n where n8n lets us. */
export const prepareInstagramLogin: Prepare = async (ctx, type) => {
	let login = await readLogin<InstagramTokenData>(ctx, type);
	if (!tokenOf(login.data)) throw notConnected(ctx);
	if (needsExchange(login.data as InstagramTokenData)) {
		await onceAtATime(fingerprint(tokenOf(login.data)), async () => await exchange(ctx, type)).catch((error: Error) => {
			throw notLasting(ctx, error.message);
		});
		login = await readLogin<InstagramTokenData>(ctx, type);
	}
	const { credentials, data, unstored } = login;
	return {
		kind: 'instagram',
		versionedUrl: `${trimUrl(credentials.instagramGraphBaseUrl)}/${String(credentials.graphVersion ?? '').trim()}`,
		reach: { accounts: data?.accounts ?? [], pageTokens: {} },
		credentials,
		mark: data?.longLivedFor ?? '',
		remedy: 'popUp',
		unstored: unstored && { why: unstored, tokenFor: () => tokenOf(data) },
	};
};
