import { createHmac } from 'node:crypto';
import { setClock } from '../../support/clock.mts';
import { fixture } from '../../support/fixtures.mts';
import { lasting, login, newToken } from '../../support/instagramLogins.mts';
import { settledLogin } from '../../support/logins.mts';
import { openedLogin, pastedTokens } from '../../support/pastedTokens.mts';
import { webhookServer } from '../../support/webhookServer.mts';
import type { Stored } from '../../support/runNode.mts';

type Server = Awaited<ReturnType<typeof webhookServer>>;
const open: Server[] = [];
afterEach(async () => {
	jest.useRealTimers();
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});
const serve = async (credentials: Stored): Promise<Server> => {
	const server = await webhookServer({ credentials });
	open.push(server);
	return server;
};
const deliver = async (server: Server, secret: string, name = 'text') =>
	(await server.deliver(fixture(name), secret)).status;

describe.each<[string, (fields: object) => Stored, string]>([
	['Facebook Login', (fields) => settledLogin(undefined, {}, fields), 'made-up'],
	['Instagram Login', (fields) => login(lasting(newToken()), fields), 'made-up-instagram'],
	[
		'a pasted token',
		(fields) =>
			openedLogin(
				pastedTokens.page,
				{ kind: 'facebookPage', token: pastedTokens.page },
				{ appId: '123456', appSecret: 'made-up', ...fields },
			),
		'made-up',
	],
])('a webhook for %s', (_name, credentialsWith, own) => {
	it.each(['old-one, instagram-one', 'old-one,instagram-one', ' old-one \n instagram-one ,, '])(
		'is accepted when any of the secrets signed it (%j)',
		async (otherAppSecrets) => {
			const server = await serve(credentialsWith({ otherAppSecrets }));
			const statuses = [
				await deliver(server, own),
				await deliver(server, 'old-one', 'quickReply'),
				await deliver(server, 'instagram-one', 'storyReply'),
			];
			expect(statuses).toEqual([200, 200, 200]);
			expect(server.taken).toHaveLength(3);
		},
	);

	it.each(['', 'old', 'old-one, instagram-one', 'old-one,', 'OLD-ONE', 'undefined'])(
		'is refused when another one did (%j)',
		async (secret) => {
			const server = await serve(credentialsWith({ otherAppSecrets: 'old-one, instagram-one' }));
			expect(await deliver(server, secret)).toBe(401);
			expect(server.taken).toEqual([]);
		},
	);

	it.each(['', ' , ', undefined])(
		'is refused without a signature of its own secret when there are no others (%j)',
		async (otherAppSecrets) => {
			const server = await serve(credentialsWith({ otherAppSecrets }));
			expect([await deliver(server, ''), await deliver(server, 'undefined'), await deliver(server, own)]).toEqual([
				401, 401, 200,
			]);
		},
	);
});

it('a secret that was taken out of the list no longer counts after a minute', async () => {
	const start = 1_800_000_000_000;
	setClock(start);
	const credentials = settledLogin(undefined, {}, { otherAppSecrets: 'old-one' });
	const server = await serve(credentials);
	expect(await deliver(server, 'old-one')).toBe(200);
	credentials.instagramFacebookLoginOAuth2Api.otherAppSecrets = '';
	setClock(start + 61_000);
	expect(await deliver(server, 'old-one', 'quickReply')).toBe(401);
});

it('a node that got another credential forgets the secrets of the one before at once', async () => {
	const type = 'instagramFacebookLoginOAuth2Api';
	const node = { id: 'with another credential' };
	const first = await webhookServer({ credentials: settledLogin(), node });
	const second = await webhookServer({
		credentials: settledLogin(undefined, {}, { clientSecret: 'of-the-other' }),
		node: { ...node, credentials: { [type]: { id: 'another', name: 'another' } } },
	});
	open.push(first, second);
	expect(await deliver(first, 'made-up')).toBe(200);
	expect([await deliver(second, 'made-up', 'quickReply'), await deliver(second, 'of-the-other')]).toEqual([401, 200]);
});

it('the verify token is derived from the own secret only', async () => {
	const server = await serve(settledLogin(undefined, {}, { otherAppSecrets: 'old-one' }));
	const verify = async (secret: string) => {
		const token = createHmac('sha256', secret).update('webhook verify token').digest('hex');
		return (await server.verify({ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': token })).status;
	};
	expect([await verify('made-up'), await verify('old-one')]).toEqual([200, 403]);
});
