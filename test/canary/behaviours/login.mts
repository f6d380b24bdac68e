import { OAUTH2, TOKEN, type CanaryStage } from '../stage.mts';
import type { Behaviour } from './define.mts';

const STATUS = 400;
const asksOf = (seen: CanaryStage['provider']['seen']) =>
	seen.filter(({ path }) => path === '/asked').map(({ body }) => body);
const grantsOf = (seen: CanaryStage['provider']['seen']) =>
	seen.filter(({ path, body }) => path === '/token' && body.grant_type === 'client_credentials');

/** Lets a fresh login refuse a call; says what n8n asked the credential, and what it had stored then. */
async function refresh(stage: CanaryStage, status: number | number[] = STATUS) {
	const credential = await stage.credential(OAUTH2);
	let stored: Record<string, unknown> = {};
	const seen = await stage.during(async () => (stored = await stage.run('refresh', { status }, { credential })));
	return { asks: asksOf(seen), grants: grantsOf(seen), stored };
}

/** How n8n treats credentials. */
export const login: Behaviour[] = [
	{
		name: 'asks an OAuth2 credential before each call (preAuthentication)',
		leans: 'starting the exchange of a Facebook Login inside n8n',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage)).asks[0]?.token === 'short',
	},
	{
		name: 'starts the refresh of an OAuth2 token at a status that is given as one number',
		leans: 'starting the exchange of a Facebook Login inside n8n',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage, STATUS)).grants.length === 1,
	},
	{
		name: 'starts that refresh at a status out of a list',
		leans: 'nothing so far: the number does for all',
		since: '2.40',
		shows: async (stage) => (await refresh(stage, [STATUS, 401])).grants.length === 1,
	},
	{
		name: 'asks the credential again inside the refresh, and stores what it says',
		leans: 'storing the lasting tokens of a Facebook Login in a documented way',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage)).stored.token === 'lasting',
	},
	{
		name: 'lets the credential find in the refresh what it left beside the token data',
		leans: 'carrying the token to exchange into the refresh',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage)).asks.at(-1)?.beside === 'short',
	},
	{
		name: 'stores nothing of what the credential left beside the token data',
		leans: 'leaving no short token behind',
		shows: async (stage) => (await refresh(stage)).stored.isBesideStored === false,
	},
	{
		name: 'keeps the old token data in a refresh',
		leans: 'nothing so far: the token to exchange waits beside it',
		since: '2.27',
		shows: async (stage) =>
			(await refresh(stage)).asks.at(-1)?.extra === 'of the person' && (await refresh(stage)).asks.length > 1,
	},
	{
		name: 'refreshes a credential once for executions that start together',
		leans: 'one exchange for several processes; within one process the package sees to it',
		since: '2.31',
		shows: async (stage) => {
			const credential = await stage.credential(OAUTH2);
			const flow = await stage.flow('refresh', { status: STATUS }, { credential });
			const seen = await stage.during(
				async () => await Promise.all(Array.from({ length: 5 }, async () => await flow.start())),
			);
			return grantsOf(seen).length === 1;
		},
	},
	{
		name: 'hands nodes the function that stores token data (updateCredentialsOauthTokenData)',
		leans: 'storing an Instagram Login, and a Facebook Login where the refresh does not do it',
		shows: async (stage) =>
			(await stage.run('store', {}, { credential: await stage.credential(OAUTH2) })).token === 'stored',
	},
	{
		name: 'stores with that function the token data and no other field',
		leans: 'leaving the fields of the operator as they are',
		shows: async (stage) =>
			(await stage.run('store', {}, { credential: await stage.credential(OAUTH2) })).clientId === 'id',
	},
	{
		name: 'signs with a token deep in the token data (oauth2.property), or puts it into a header as it is',
		leans: 'signing with Page tokens, and for the upload host',
		shows: async (stage) => {
			const credential = await stage.credential(OAUTH2);
			await stage.run('store', {}, { credential });
			const { bearer, plain } = await stage.run('sign', {}, { credential });
			return bearer === 'Bearer nested' && plain === 'nested';
		},
	},
	{
		name: 'renews the expirable field of a credential when authenticate fails with 401, and stores it',
		leans: 'opening and renewing the session of a pasted token',
		shows: async (stage) => {
			const { authorization, stored } = await stage.run('renew', {}, { credential: await stage.credential(TOKEN) });
			return authorization === 'Bearer renewed' && stored === 'renewed';
		},
	},
];
