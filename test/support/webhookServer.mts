import { additionalDataOf, nodeOf, workflowOf } from './workflow.mts';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { WebhookContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { InstagramTrigger } from '../../nodes/InstagramTrigger/InstagramTrigger.node.ts';
import type { Stored } from './memoryCredentials.mts';

const trigger = new InstagramTrigger();
let nodeCount = 0;

const PATH = '/webhook/hook-id/webhook';

/** The few methods of Express that n8n's responses have beside Node's own. */
function asExpress(response: ServerResponse) {
	return Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return this;
		},
		type(name: string) {
			response.setHeader('Content-Type', name);
			return this;
		},
		send(text: string) {
			response.end(text);
			return this;
		},
	});
}

export type Settings = {
	parameters?: IDataObject;
	credentials: Stored;
	/** n8n's part: starts an execution with the items. When it throws, n8n answers 500. */
	take?: (items: IDataObject[]) => void | Promise<void>;
	/** What a body parser that keeps no bytes leaves behind. */
	withoutRawBody?: boolean;
	/** The address of a test that listens, instead of that of the active workflow. */
	isTest?: boolean;
	/** ID of the workflow. */
	workflow?: string;
	/** What n8n stores of the node, where it matters: otherwise its ID is its own. */
	node?: Partial<INode>;
};

/** n8n's webhook server around the trigger: a real HTTP server, n8n-core's own context, and the answer that n8n gives. */
export async function webhookServer({
	parameters = {},
	credentials,
	take = () => {},
	withoutRawBody = false,
	isTest = false,
	workflow,
	node: stored = {},
}: Settings) {
	const taken: IDataObject[][] = [];
	const items: INodeExecutionData[] = [];
	const reads = { count: 0 };
	const seen = { arrived: 0, hungUp: 0 };
	const full = {
		authentication: Object.keys(credentials)[0],
		setup: 'automatic',
		accounts: [],
		events: ['message'],
		options: {},
		...parameters,
	};
	const node = nodeOf('instagramTrigger', full, credentials, { id: `trigger-${++nodeCount}`, ...stored });
	const additionalData = additionalDataOf(credentials, [node]);
	const helper = additionalData.credentialsHelper;
	const getDecrypted = helper.getDecrypted.bind(helper);
	helper.getDecrypted = async (...args) => {
		reads.count++;
		return await getDecrypted(...args);
	};

	const handle = async (incoming: IncomingMessage, response: ReturnType<typeof asExpress>) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming) chunks.push(chunk as Buffer);
		seen.arrived++;
		response.once('close', () => (seen.hungUp += response.writableFinished ? 0 : 1));
		const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://n8n.test');
		const query = Object.fromEntries(searchParams);
		const httpRequest = Object.assign(incoming, {
			query,
			path: pathname,
			...(withoutRawBody ? {} : { rawBody: Buffer.concat(chunks) }),
		});
		const webhookDescription = trigger.description.webhooks?.find(
			({ httpMethod, path }) => httpMethod === incoming.method && pathname.endsWith(path),
		);
		const data = { ...additionalData, httpRequest, httpResponse: response };
		const context = new WebhookContext(
			workflowOf([node], {}, workflow),
			node,
			data as never,
			isTest ? 'manual' : 'webhook',
			{ webhookDescription } as never,
			[],
			null,
		);
		try {
			const { noWebhookResponse, workflowData, webhookResponse } = await trigger.webhook.call(context);
			if (workflowData) {
				const started = workflowData[0].map(({ json }) => json);
				items.push(...workflowData[0]);
				taken.push(started);
				await take(started);
			}
			// n8n answers with the description's text, and with the node's own words only where that is empty.
			const reply: unknown = webhookDescription?.responseData || webhookResponse;
			if (!noWebhookResponse) response.status(200).send(typeof reply === 'string' ? reply : JSON.stringify(reply));
		} catch {
			response.status(500).send('{"message":"Error in workflow"}');
		}
	};
	const server = createServer((incoming, response) => void handle(incoming, asExpress(response)));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	type Reply = { status: number; text: string };
	type Whole = Reply & { head: string };
	/** A bare socket: a sender that hangs up must be gone for the server, too, and nock stands between with `node:http`. */
	const call = (method: string, path: string, headers: Record<string, string>, body: Buffer = Buffer.alloc(0)) => {
		const all = { host: 'n8n.test', connection: 'close', 'content-length': String(body.length), ...headers };
		const head = [
			`${method} ${path} HTTP/1.1`,
			...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
			'',
			'',
		].join('\r\n');
		const socket = connect(port, '127.0.0.1');
		const whole = new Promise<Whole>((resolve, reject) => {
			let answer = '';
			socket
				.setEncoding('utf8')
				.on('error', reject)
				.on('data', (part: string) => (answer += part));
			socket.on('close', () => {
				const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
				const end = answer.indexOf('\r\n\r\n');
				if (status) resolve({ status, text: answer.slice(end + 4), head: answer.slice(0, end) });
				else reject(new Error('the connection ended without an answer'));
			});
		});
		socket.write(Buffer.concat([Buffer.from(head), body]));
		const reply = whole.then(({ status, text }): Reply => ({ status, text }));
		return { reply, whole, hangUp: () => socket.destroy() };
	};
	const headersFor = (body: Buffer, secret: string) => ({
		'content-type': 'application/json',
		'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
	});
	return {
		/** Items of each execution that n8n started. */
		taken,
		/** All of them as n8n gets them, with their binary data. */
		items,
		/** How often a credential was read. */
		reads,
		/** Requests that came in whole, and those whose sender left before the answer. */
		seen,
		start: (body: Buffer, secret = 'made-up', headers: Record<string, string> = headersFor(body, secret)) =>
			call('POST', PATH, headers, body),
		deliver: async (body: Buffer, secret = 'made-up', headers: Record<string, string> = headersFor(body, secret)) =>
			await call('POST', PATH, headers, body).reply,
		/** Any request to an address behind the trigger's own. */
		request: async (method: string, below: string, headers: Record<string, string> = {}, body?: Buffer) =>
			await call(method, `${PATH}${below}`, headers, body).reply,
		/** What a browser gets, with the lines of the answer's head. */
		page: async (below: string) => await call('GET', `${PATH}${below}`, {}).whole,
		verify: async (query: Record<string, string>) =>
			await call('GET', `${PATH}?${new URLSearchParams(query).toString()}`, {}).reply,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
