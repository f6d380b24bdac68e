import { setClock } from '../../support/clock.mts';
import { guardNetwork, type Answer, type Received } from '../../support/graph.mts';
import {
	dataOf,
	instagramServer,
	lasting,
	login,
	NAME as INSTAGRAM_LOGIN,
	newToken,
} from '../../support/instagramLogins.mts';
import { loginServer } from '../../support/loginServer.mts';
import { BAKERY, newLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { openedLogin, pastedTokens, sessionOf, TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';
import { NAME as FACEBOOK_LOGIN } from './sendText.mts';

guardNetwork();
afterEach(() => jest.useRealTimers());

const DAY = 86_400_000;
const start = Date.parse('2026-11-21T12:00:00Z');
const LEFT_DAYS = 20;
const HINT = /^Meta renews this login without giving it more time: it ends on 2026-12-11\. Before that day, .+\.$/;

let made = 0;
/** A string that only looks like a token of Facebook; another one each time. */
const newUserToken = () => `EAAsame${String(++made).padStart(5, '0')}`;

/** A renewal that gives a token with this many days to live. */
const renewed = (token: string, days: number): Answer => ({
	body: { access_token: token, expires_in: (days * DAY) / 1000 },
});

type Kind = {
	type: string;
	/** A login that ends in 20 days. */
	credentials: () => Stored;
	newToken: () => string;
	/** Meta, and the renewals that it was asked for. */
	meta: (renewal: () => Answer) => () => Received[];
	data: (stored: Stored) => Record<string, unknown>;
	endKey: string;
};

const facebookMeta: Kind['meta'] = (renewal) => {
	const calls = loginServer({ exchange: renewal });
	return () => calls.filter(({ body }) => body.includes('fb_exchange_token='));
};
const instagramMeta: Kind['meta'] = (renewal) => {
	const calls = instagramServer({ renewal });
	return () => calls.filter(({ path }) => path === '/refresh_access_token');
};
const pastedOne = (pasted: string, kind: string, token: string) => () =>
	openedLogin(pasted, { kind, token, endsIn: LEFT_DAYS });

const KINDS: Record<string, Kind> = {
	'Facebook Login': {
		type: FACEBOOK_LOGIN,
		credentials: () => newLogin([BAKERY], { longLivedUntil: Date.now() + LEFT_DAYS * DAY }).credentials,
		newToken: newUserToken,
		meta: facebookMeta,
		data: (stored) => stored[FACEBOOK_LOGIN].oauthTokenData as Record<string, unknown>,
		endKey: 'longLivedUntil',
	},
	'Instagram Login': {
		type: INSTAGRAM_LOGIN,
		credentials: () => login(lasting(newToken(), LEFT_DAYS)),
		newToken,
		meta: instagramMeta,
		data: dataOf,
		endKey: 'longLivedUntil',
	},
	'a pasted user token': {
		type: TYPE,
		credentials: pastedOne(pastedTokens.user, 'facebookUser', newUserToken()),
		newToken: newUserToken,
		meta: facebookMeta,
		data: sessionOf,
		endKey: 'expiresAt',
	},
	'a pasted token of Instagram Login': {
		type: TYPE,
		credentials: pastedOne(pastedTokens.instagram, 'instagram', newToken()),
		newToken,
		meta: instagramMeta,
		data: sessionOf,
		endKey: 'expiresAt',
	},
};

describe.each(Object.entries(KINDS))('%s whose renewals keep the old end', (_name, kind) => {
	const send = async (credentials: Stored) => {
		const parameters = operationOf('message', 'sendText', {
			authentication: kind.type,
			account: { __rl: true, mode: 'id', value: BAKERY.id },
			recipientId: '777',
			text: 'Hi',
		});
		const { error, hints } = await runNode({ parameters, credentials });
		expect(error).toBeUndefined();
		return hints.map(({ message }) => message);
	};

	it('is renewed once a day at most, whatever token comes, and each run says when to log in again', async () => {
		setClock(start);
		const credentials = kind.credentials();
		let left = LEFT_DAYS;
		const renewals = kind.meta(() => renewed(kind.newToken(), left));
		for (let run = 0; run < 3; run++) expect(await send(credentials)).toEqual([expect.stringMatching(HINT)]);
		expect(renewals()).toHaveLength(1);
		expect(kind.data(credentials)[kind.endKey]).toBe(start + LEFT_DAYS * DAY);
		left--;
		setClock(start + DAY);
		for (let run = 0; run < 3; run++) expect(await send(credentials)).toEqual([expect.stringMatching(HINT)]);
		expect(renewals()).toHaveLength(2);
	});

	it('has nothing to say of it once Meta gives it more time', async () => {
		setClock(start);
		const credentials = kind.credentials();
		let left = LEFT_DAYS;
		const renewals = kind.meta(() => renewed(kind.newToken(), left));
		await send(credentials);
		left = 60;
		setClock(start + DAY);
		for (let run = 0; run < 2; run++) expect(await send(credentials)).toEqual([]);
		expect(renewals()).toHaveLength(2);
		expect(kind.data(credentials)).not.toHaveProperty('unextendedAt');
		expect(kind.data(credentials)[kind.endKey]).toBe(start + 61 * DAY);
	});

	it('has nothing to say when the renewal gives it more time at once', async () => {
		const credentials = kind.credentials();
		const renewals = kind.meta(() => renewed(kind.newToken(), 60));
		for (let run = 0; run < 2; run++) expect(await send(credentials)).toEqual([]);
		expect(renewals()).toHaveLength(1);
	});
});

it('a new login through the pop-up knows nothing of the old end', async () => {
	setClock(start);
	const { credentials } = newLogin([BAKERY], { unextendedAt: start - 1000, longLivedUntil: start + DAY });
	const data = credentials[FACEBOOK_LOGIN].oauthTokenData as Record<string, unknown>;
	Object.assign(data, { access_token: newUserToken(), expires_in: 3600 });
	facebookMeta(() => renewed(newUserToken(), 60));
	const { error, hints } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi' }),
		credentials,
	});
	expect([error, hints]).toEqual([undefined, []]);
	expect(credentials[FACEBOOK_LOGIN].oauthTokenData).not.toHaveProperty('unextendedAt');
});
