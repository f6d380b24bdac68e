import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox/server.mts';
import { createSandbox } from '../../sandbox/server.mts';
import { paintJpeg } from '../../sandbox/world/assets.mts';
import type { SandboxOptions } from '../../sandbox/world/options.mts';

export type Json = Record<string, any>;

export type Answer = {
	status: number;
	body: Json;
	headers: Headers;
};

/** One HTTP call; the body goes as JSON unless it is a URLSearchParams. */
export async function call(
	method: string,
	url: string,
	body?: Json | URLSearchParams,
	headers: Json = {},
): Promise<Answer> {
	const isForm = body instanceof URLSearchParams;
	const answer = await fetch(url, {
		method,
		redirect: 'manual',
		headers: body && !isForm ? { 'content-type': 'application/json', ...headers } : headers,
		body: isForm ? body : body && JSON.stringify(body),
	});
	const text = await answer.text();
	let parsed: Json = { text };
	try {
		parsed = JSON.parse(text);
	} catch {
		// An HTML page: the test looks at `text`.
	}
	return { status: answer.status, body: parsed, headers: answer.headers };
}

export const BAKERY = {
	page: '101000000000001',
	account: '17841400000000001',
	username: 'sandbox_bakery',
};
export const FLORIST = {
	page: '101000000000002',
	account: '17841400000000002',
	username: 'sandbox_florist',
};
export const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';
export const APP = { id: '900000000000001', secret: 'a5d0000000000000000000000000c0de' };
export const IG_APP = { id: '900000000000002', secret: '1a5d000000000000000000000000c0de' };
export const APP_TOKEN = `${APP.id}|${APP.secret}`;

/** A sandbox with a fixed app, and short ways to speak to it. */
export async function start(options: SandboxOptions = {}) {
	const sandbox: Sandbox = await createSandbox({
		strictParameters: true,
		imageProcessingMs: 60,
		retryDelaysMs: [0, 20, 40],
		...options,
		seed: {
			appId: APP.id,
			appSecret: APP.secret,
			instagramAppId: IG_APP.id,
			instagramAppSecret: IG_APP.secret,
			redirectUris: [REDIRECT],
			...options.seed,
		},
	});
	const control = (method: string, path: string, body?: Json) => call(method, `${sandbox.url}/sandbox${path}`, body);
	const graphAt = (root: string, method: string, path: string, token?: string, params: Json = {}) => {
		const url = new URL(`${root}${path}`);
		if (method === 'GET') {
			for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
		}
		return call(
			method,
			url.href,
			method === 'GET' ? undefined : params,
			token ? { authorization: `Bearer ${token}` } : {},
		);
	};
	type Rest = [path: string, token?: string, params?: Json];
	const graph = (method: string, ...rest: Rest) => graphAt(`${sandbox.graphUrl}/v25.0`, method, ...rest);
	const instagram = (method: string, ...rest: Rest) => graphAt(`${sandbox.instagramGraphUrl}/v25.0`, method, ...rest);
	const token = async (kind: string, more: Json = {}): Promise<string> =>
		(await control('POST', '/tokens', { kind, ...more })).body.token;
	const advance = (seconds: number) => control('POST', '/clock', { advanceSeconds: seconds });
	const write = async (customer: string, text: string, account = BAKERY.username): Promise<string> =>
		(await control('POST', `/customers/${customer}/messages`, { account, text })).body.mid;
	const scopedId = async (customer: string, account = BAKERY.username): Promise<string> => {
		const { body } = await control('GET', '/world');
		return body.customers.find((one: Json) => one.username === customer).ids[account];
	};
	return {
		sandbox,
		control,
		graph,
		instagram,
		token,
		advance,
		write,
		scopedId,
		close: () => sandbox.close(),
	};
}

export type Started = Awaited<ReturnType<typeof start>>;

export type Received = {
	body: string;
	headers: Record<string, string | string[] | undefined>;
};

/** An endpoint as an app would run it: answers the challenge, keeps every delivery. */
export async function startEndpoint(statusOf: (count: number) => number = () => 200) {
	const received: Received[] = [];
	const waiting: Array<() => void> = [];
	const state = { verifyToken: 'secret-word', challenges: 0 };
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://endpoint');
		if (request.method === 'GET') {
			state.challenges += 1;
			const fits = url.searchParams.get('hub.verify_token') === state.verifyToken;
			response.writeHead(fits ? 200 : 403).end(fits ? url.searchParams.get('hub.challenge') : '');
			return;
		}
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ body: Buffer.concat(chunks).toString('latin1'), headers: request.headers });
			response.writeHead(statusOf(received.length)).end();
			waiting.splice(0).forEach((wake) => wake());
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const until = async (count: number): Promise<Received[]> => {
		while (received.length < count) await new Promise<void>((wake) => waiting.push(wake));
		return received;
	};
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		state,
		until,
		close: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
	};
}

/** Subscribe the app to fields and connect the bakery's Page. */
export async function subscribe(started: Started, url: string, fields: string, page = BAKERY): Promise<void> {
	const first = await started.graph('POST', `/${APP.id}/subscriptions`, APP_TOKEN, {
		object: 'instagram',
		callback_url: url,
		verify_token: 'secret-word',
		fields,
		include_values: true,
	});
	expect(first.body).toEqual({ success: true });
	const pageToken = await started.token('page', { page: page.username });
	const second = await started.graph('POST', `/${page.page}/subscribed_apps`, pageToken, {
		subscribed_fields: 'messages,feed',
	});
	expect(second.body).toEqual({ success: true });
}

/** A small valid JPEG. */
export function jpeg(width: number, height: number): Buffer {
	return paintJpeg(width, height, [90, 120, 160]);
}

/** Code and subcode of a refusal. */
export function refusal({ status, body }: Answer) {
	return {
		status,
		code: body.error?.code,
		subcode: body.error?.error_subcode,
	};
}

/** Subscribe the app to all given fields of both logins and connect the bakery to both. */
export async function subscribeBoth(started: Started, url: string, fields: string[]) {
	const dashboard = (login: string, chosen: string[]) =>
		started.control('POST', `/apps/${APP.id}/dashboardWebhook`, {
			callbackUrl: url,
			verifyToken: 'secret-word',
			fields: chosen,
			login,
		});
	const missing = ['mentions', 'messaging_policy_enforcement', 'response_feedback', 'story_insights'];
	const ofInstagram = fields.filter((field) => !missing.includes(field));
	expect((await dashboard('facebook', fields)).body).toEqual({ ok: true });
	expect((await dashboard('instagram', ofInstagram)).body).toEqual({ ok: true });
	const page = await started.token('page', { page: BAKERY.username });
	const token = await started.token('instagram');
	const connect = { subscribed_fields: 'messages' };
	await started.graph('POST', `/${BAKERY.page}/subscribed_apps`, page, connect);
	await started.instagram('POST', '/me/subscribed_apps', token, connect);
}

/** Which login a delivery was signed for. */
export function loginOf({ body, headers }: Received): 'facebook' | 'instagram' | 'nobody' {
	const fits = (secret: string) =>
		headers['x-hub-signature-256'] === `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
	return fits(APP.secret) ? 'facebook' : fits(IG_APP.secret) ? 'instagram' : 'nobody';
}

/** Single events of deliveries, in order: what stands in `messaging[]`, `standby[]`, `changes[]`. */
export function eventsOf(received: Received[], login?: 'facebook' | 'instagram'): Json[] {
	return received
		.filter((one) => login === undefined || loginOf(one) === login)
		.flatMap(({ body }) => JSON.parse(body).entry)
		.flatMap((entry: Json) => entry.messaging ?? entry.standby ?? entry.changes);
}

/** Hold events back, so that they come in their order: everything since the last call, by login. */
export async function holdEvents(started: Started, endpoint: { received: Received[] }) {
	await started.control('POST', '/deliveries/batch', { on: true });
	return async (): Promise<Record<'facebook' | 'instagram', Json[]>> => {
		const before = endpoint.received.length;
		await started.control('POST', '/deliveries/batch', { flush: true });
		await started.advance(0);
		const received = endpoint.received.slice(before);
		return { facebook: eventsOf(received, 'facebook'), instagram: eventsOf(received, 'instagram') };
	};
}

/** Wait a moment, in which nothing should happen. */
export function settle(ms = 60) {
	return new Promise((done) => setTimeout(done, ms));
}
