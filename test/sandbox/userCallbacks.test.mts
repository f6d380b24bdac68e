import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP, BAKERY, FLORIST, IG_APP, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let server: Server;
let base: string;
let received: Array<{ path: string; type?: string; body: string }>;
let answer: { status: number; body: string };
beforeEach(async () => {
	sandbox = await start();
	received = [];
	answer = { status: 200, body: '{}' };
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			received.push({ path: request.url ?? '', type: request.headers['content-type'], body });
			response.writeHead(answer.status).end(answer.body);
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await settings({
		deauthorizeUrl: `${base}/removed`,
		dataDeletionUrl: `${base}/delete`,
		instagramDeauthorizeUrl: `${base}/ig/removed`,
		instagramDataDeletionUrl: `${base}/ig/delete`,
	});
});
afterEach(async () => {
	await sandbox.close();
	server.close();
});

const settings = (body: Json) => sandbox.control('PATCH', `/apps/${APP.id}`, body);
const callbacks = async (): Promise<Json[]> => (await sandbox.control('GET', '/callbacks')).body.callbacks;
const user = async (): Promise<string> => (await sandbox.control('GET', '/world')).body.users[0].id;
/** The payload of a signed request, after checking it as Meta's page describes. */
const open = (body: string, secret: string): Json => {
	const [signature, payload] = (new URLSearchParams(body).get('signed_request') ?? '').split('.');
	expect(signature).toBe(createHmac('sha256', secret).update(payload).digest('base64url'));
	return JSON.parse(Buffer.from(payload, 'base64url').toString());
};

describe('removing the app', () => {
	it('through the Graph calls the deauthorize callback with the id of the person', async () => {
		const token = await sandbox.token('longUser');
		const { id } = (await sandbox.graph('GET', '/me', token)).body;
		const removed = await sandbox.graph('DELETE', '/me/permissions', token);
		expect(removed.body).toEqual({ success: true });
		await sandbox.advance(0);
		expect(received).toHaveLength(1);
		expect(received[0]).toMatchObject({
			path: '/removed',
			type: 'application/x-www-form-urlencoded',
		});
		expect(open(received[0].body, APP.secret)).toEqual({
			user_id: id,
			algorithm: 'HMAC-SHA256',
			issued_at: expect.any(Number),
			expires: expect.any(Number),
		});
		expect((await sandbox.graph('GET', '/me', token)).body.error.error_subcode).toBe(458);
	});

	it('by an account calls the one of Instagram Login, signed with its secret', async () => {
		const token = await sandbox.token('instagram');
		const { id } = (await sandbox.instagram('GET', '/me', token)).body;
		await sandbox.control('POST', `/users/${BAKERY.username}`, { appRemoved: true });
		expect(received.map(({ path }) => path)).toEqual(['/ig/removed']);
		expect(open(received[0].body, IG_APP.secret).user_id).toBe(id);
	});

	it('calls nobody who was never connected, or has no address', async () => {
		await sandbox.control('POST', `/users/${FLORIST.username}`, { appRemoved: true });
		await settings({ deauthorizeUrl: null });
		await sandbox.token('longUser');
		await sandbox.control('POST', `/users/${await user()}`, { appRemoved: true });
		expect(received).toEqual([]);
		expect(await callbacks()).toEqual([]);
	});
});

describe('asking for deletion', () => {
	const ask = async () => sandbox.control('POST', `/users/${await user()}`, { dataDeletion: true });

	it('removes the app, then keeps where the person can follow it', async () => {
		await sandbox.token('longUser');
		answer.body = JSON.stringify({ url: `${base}/status?id=abc123`, confirmation_code: 'abc123' });
		await ask();
		expect(received.map(({ path }) => path).sort()).toEqual(['/delete', '/removed']);
		const [deletion] = (await callbacks()).filter(({ kind }) => kind === 'dataDeletion');
		expect(deletion).toMatchObject({
			login: 'facebook',
			appId: APP.id,
			userId: await user(),
			status: 200,
			answer: { url: `${base}/status?id=abc123`, confirmation_code: 'abc123' },
		});
		expect(deletion.problem).toBeUndefined();
	});

	it.each([
		['an error', 500, '{}'],
		['no JSON', 200, 'ok'],
		['nothing', 200, 'null'],
		['no url', 200, '{"confirmation_code":"abc"}'],
		['an http url', 200, '{"url":"http://example.com/x","confirmation_code":"abc"}'],
		['no code', 200, '{"url":"https://example.com/x"}'],
		['an odd code', 200, '{"url":"https://example.com/x","confirmation_code":"a-b c"}'],
	])('complains about %s', async (_name, status, body) => {
		answer = { status, body };
		await ask();
		const [deletion] = await callbacks();
		expect(deletion).toMatchObject({ kind: 'dataDeletion', problem: expect.any(String) });
		expect(deletion.answer).toBeUndefined();
	});

	it('notes that nobody is there', async () => {
		await settings({ dataDeletionUrl: 'http://127.0.0.1:1/delete' });
		await ask();
		expect((await callbacks())[0].problem).toContain('could not be reached');
	});

	it('takes https addresses only', async () => {
		const refused = await settings({ dataDeletionUrl: 'http://example.com/delete' });
		expect(refused.status).toBe(400);
	});
});
