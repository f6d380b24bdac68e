import { appSecretProof, withProof } from '../../../nodes/meta/graph/appSecretProof.ts';
import { triggerHooks } from '../../support/contexts.mts';
import { graphError, guardNetwork, line, listenAt, type Received } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin, settledLogin, tokens } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { placeOfProof, proofIn } from '../../support/proofs.mts';
import { runNode, type Stored } from '../../support/runNode.mts';

guardNetwork();

const NAME = 'instagramFacebookLoginOAuth2Api';
const trigger = { setup: 'automatic', accounts: [], events: ['message'], options: {} };
const OURS = 'https://n8n.test/webhook/hook-id/webhook';

describe('the proof', () => {
	it('is one more field of a form, which itself stays as it is', () => {
		const file = new File(['bytes'], 'a.png', { type: 'image/png' });
		const form = new FormData();
		form.set('message', '{}');
		form.set('filedata', file);
		const { body, ...rest } = withProof({ method: 'POST', url: GRAPH, body: form }, 'p');
		expect([...(body as FormData)]).toEqual([
			['message', '{}'],
			['filedata', file],
			['appsecret_proof', 'p'],
		]);
		expect((body as FormData).get('filedata')).toBe(file);
		expect([[...form.keys()], rest]).toEqual([['message', 'filedata'], { method: 'POST', url: GRAPH }]);
	});

	it('is the HMAC-SHA256 of the token in hex', () => {
		// A published test vector.
		expect(appSecretProof('The quick brown fox jumps over the lazy dog', 'key')).toBe(
			'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8',
		);
	});

	const url = 'https://graph.facebook.com/v25.0/me';
	it.each([
		['a write without a body', { method: 'POST', url }, { method: 'POST', url, body: { appsecret_proof: 'p' } }],
		[
			'a write with a body',
			{ method: 'POST', url, body: { a: 1 }, qs: { b: 2 } },
			{ method: 'POST', url, body: { a: 1, appsecret_proof: 'p' }, qs: { b: 2 } },
		],
		['a read', { method: 'GET', url, qs: { a: 1 } }, { method: 'GET', url, qs: { a: 1, appsecret_proof: 'p' } }],
		['a deletion', { method: 'DELETE', url }, { method: 'DELETE', url, qs: { appsecret_proof: 'p' } }],
	] as const)('goes where Meta reads it: %s', (_name, options, expected) => {
		const before = structuredClone(options);
		expect(withProof(options, 'p')).toEqual(expected);
		expect(options).toEqual(before);
	});

	it.each([
		['a form of fields', new URLSearchParams('a=1')],
		['bytes', Buffer.from('x')],
		['text', 'a=1'],
	])('leaves a body alone that is neither JSON nor a form: %s', (_name, body) => {
		const proven = withProof({ method: 'POST', url, body }, 'p');
		expect(proven).toEqual({ method: 'POST', url, body, qs: { appsecret_proof: 'p' } });
		expect(proven.body).toBe(body);
	});
});

/** Everything that either node does with a login: reads and writes as a Page, as the person and as the app. */
async function doAll(credentials: Stored, type: string) {
	const calls = listenAt(GRAPH, (request) => {
		if (line(request) === 'GET /123456/subscriptions')
			return { body: { data: [{ object: 'instagram', callback_url: OURS, fields: [] }] } };
		return { body: { data: [], message_id: 'aWdfZ1', recipient_id: '777' } };
	});
	const errors = [];
	for (const [resource, operation] of [
		['message', 'sendText'],
		['conversation', 'getMany'],
		['account', 'getMany'],
	]) {
		errors.push(
			(
				await runNode({
					parameters: operationOf(resource, operation, { authentication: type, recipientId: '777', text: 'Hi' }),
					credentials,
				})
			).error,
		);
	}
	const hooks = triggerHooks({ ...trigger, authentication: type }, credentials);
	await hooks.checkExists();
	await hooks.create();
	await hooks.delete();
	expect(errors).toEqual([undefined, undefined, undefined]);
	return calls;
}

const signedBy = (calls: Received[]) =>
	Object.fromEntries(
		[...new Set(calls.map(({ authorization, method }) => `${authorization} ${method}`))].map((key) => [key, true]),
	);

describe.each<[string, string, () => Stored, { page: string; user: string; app: string }]>([
	['Facebook Login', NAME, () => settledLogin(), { page: tokens.bakery, user: tokens.long, app: tokens.app }],
	[
		'a pasted user token',
		TYPE,
		() => openedLogin(pastedTokens.user, { kind: 'facebookUser', token: 'EAAstored000' }),
		{ page: tokens.bakery, user: 'EAAstored000', app: '123456|made-up' },
	],
])('%s', (_name, type, login, { page, user, app }) => {
	it('proves each call with the token that signs it: Page, person or app', async () => {
		const calls = await doAll(login(), type);
		const kinds = [
			`Bearer ${page} GET`,
			`Bearer ${page} POST`,
			`Bearer ${user} GET`,
			`Bearer ${app} GET`,
			`Bearer ${app} POST`,
			`Bearer ${app} DELETE`,
		];
		expect(Object.keys(signedBy(calls)).sort()).toEqual(kinds.sort());
		expect(calls.map((call) => [line(call), proofIn(call)])).toEqual(
			calls.map((call) => [line(call), placeOfProof(call)]),
		);
	});

	it('proves it with the secret of the credential, blanks around it aside', async () => {
		const credentials = login();
		// A session of a pasted token belongs to its secret as it was typed, without blanks.
		credentials[type][type === NAME ? 'clientSecret' : 'appSecret'] = ' made-up\n';
		const calls = await doAll(credentials, type);
		expect(calls.map((call) => proofIn(call, 'made-up'))).toEqual(calls.map(placeOfProof));
		expect(calls.map((call) => proofIn(call, 'another'))).toEqual(calls.map(() => 'wrong'));
	});
});

describe('no proof', () => {
	const send = async (credentials: Stored) =>
		await runNode({
			parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi' }),
			credentials,
		});

	it('is sent to graph.instagram.com: Meta documents none there', async () => {
		const calls = listenAt(INSTAGRAM, ({ path }) => ({
			body: path.endsWith('/me')
				? { user_id: BAKERY.id }
				: { access_token: pastedTokens.renewed, expires_in: 5_184_000, message_id: 'm' },
		}));
		expect((await send(pastedLogin(pastedTokens.instagram))).error).toBeUndefined();
		expect(calls.length).toBeGreaterThan(3);
		expect(calls.map((call) => proofIn(call))).toEqual(calls.map(() => 'none'));
	});

	it('is possible without a secret', async () => {
		const calls = listenAt(GRAPH, () => ({ body: { message_id: 'm' } }));
		expect(
			(await send(openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page }, {}))).error,
		).toBeUndefined();
		expect(calls.map((call) => proofIn(call))).toEqual(['none']);
	});
});

describe('a secret of another app', () => {
	/** Meta checks a proof against the secret of the app that made the token. */
	const serve = () => {
		const refusal = {
			...graphError(100, undefined, {
				type: 'GraphMethodException',
				message: 'Invalid appsecret_proof provided in the API argument',
			}),
		};
		return listenAt(GRAPH, (call) =>
			proofIn(call, 'the real one') === 'wrong' ? { status: 400, body: refusal } : { body: { message_id: 'm' } },
		);
	};

	it.each<[string, Stored]>([
		[NAME, newLogin().credentials],
		[TYPE, openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page })],
	])('has a sentence of its own (%s)', async (type, credentials) => {
		serve();
		const { error } = await runNode({
			parameters: operationOf('message', 'sendText', { authentication: type, recipientId: '777', text: 'Hi' }),
			credentials,
		});
		expect(error?.message).toBe('The app secret does not fit the access token');
		expect(error?.description).toContain(
			'Fill the app secret into the credential, or check that it belongs to the app that made the token.',
		);
		expect(error?.description).toContain('Meta error 100,');
	});

	it('is told at the first use of a pasted token, although a Page token is refused with the same number', async () => {
		serve();
		const { error } = await runNode({
			parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi' }),
			credentials: pastedLogin(pastedTokens.user),
		});
		expect(error?.message).toBe('Meta does not accept the access token of the credential');
		expect(error?.description).toContain('The app secret does not fit the access token');
	});
});
