import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Agent } from 'undici';
import type { Context } from './context/context.mts';
import { serveAccounts } from './control/accounts.mts';
import { serveApps } from './control/apps.mts';
import { serveControl } from './control/control.mts';
import { serveCustomers } from './control/customers.mts';
import { serveDashboard } from './control/dashboard.mts';
import { createFaultBox } from './context/faults.mts';
import { servePeoplesPage } from './control/page.mts';
import { createRequestLog } from './context/requestLog.mts';
import { servePortfolios } from './control/portfolios.mts';
import { serveTokens } from './control/tokens.mts';
import { serveUsers } from './control/users.mts';
import { serveCdn } from './cdn.mts';
import { serveGraph } from './graph/serve/pipeline.mts';
import { serveUploads } from './graph/serve/uploads.mts';
import { createUsage } from './graph/engine/usage.mts';
import { serveLogin } from './login/dialog.mts';
import { serveInstagramLogin } from './login/instagram.mts';
import { createDeliverer } from './webhooks/deliverer.mts';
import { createDispatch } from './webhooks/dispatch.mts';
import { createHealth } from './webhooks/health.mts';
import { createUserCallbacks } from './webhooks/userCallbacks.mts';
import type { SandboxOptions } from './world/options.mts';
import { resolveOptions } from './world/options.mts';
import type { World } from './world/world.mts';
import { createWorld } from './world/createWorld.mts';

/** A running sandbox. */
export type Sandbox = {
	/** Where everything lives, without a trailing slash. */
	url: string;
	/** Stands in for `https://graph.facebook.com`. */
	graphUrl: string;
	/** Stands in for `https://www.facebook.com`. */
	loginUrl: string;
	/** Stands in for `https://graph.instagram.com`. */
	instagramGraphUrl: string;
	/** Stands in for `https://www.instagram.com`. */
	instagramLoginUrl: string;
	/** Stands in for `https://api.instagram.com`. */
	instagramApiUrl: string;
	/** Stands in for `https://rupload.facebook.com`. */
	uploadUrl: string;
	/** The state as it is now (a reset replaces it). */
	readonly world: World;
	close(): Promise<void>;
};

const MAX_BODY_BYTES = 32 * 1024 * 1024;

const parseJson = (text: string): unknown => {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
};

const createServer = async (): Promise<FastifyInstance> => {
	const server = fastify({
		bodyLimit: MAX_BODY_BYTES,
		forceCloseConnections: true,
		// Refusals are answers, not errors; only what the sandbox did not expect is worth a line.
		logger: { level: 'error', stream: process.stderr },
	});
	await server.register(formbody, { bodyLimit: MAX_BODY_BYTES });
	await server.register(multipart, {
		attachFieldsToBody: 'keyValues',
		// Meta looks at the name, too, so it stays with the bytes.
		async onFile(part) {
			const bytes: Buffer & { fileName?: string } = await part.toBuffer();
			bytes.fileName = part.filename;
			(part as { value?: unknown }).value = bytes;
		},
		limits: { fileSize: MAX_BODY_BYTES },
	});
	// Meta takes an unreadable JSON body for no parameters, so that the missing ones are reported.
	server.removeContentTypeParser('application/json');
	server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
		done(null, parseJson(String(body))),
	);
	server.addContentTypeParser('*', (_request, payload, done) => {
		payload.resume();
		done(null, {});
	});
	server.addHook('preHandler', async (request) => {
		request.body ??= {};
	});
	return server;
};

/** Start a sandbox on 127.0.0.1. Throws when the port is taken. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const settings = resolveOptions(options);
	const agent = new Agent({ keepAliveTimeout: 1_000 });
	const server = await createServer();
	const deliverer = createDeliverer(agent, settings, () => context.world.clock);
	const context: Context = {
		world: createWorld(settings, ''),
		agent,
		requests: createRequestLog(),
		faults: createFaultBox(),
		usage: createUsage(),
		deliverer,
		health: createHealth(deliverer, () => context.world),
		userCallbacks: createUserCallbacks(agent, () => context.world),
		reset() {
			context.world.clock.stop();
			context.world = createWorld(settings, context.world.baseUrl);
			context.deliverer.clear();
			context.health.clear();
			context.requests.clear();
			context.faults.clear();
			context.usage.clear();
			dispatch.clear();
			attach();
		},
	};
	const dispatch = createDispatch(context);
	const attach = () => {
		dispatch.attach();
		context.userCallbacks.attach();
	};
	attach();

	server.all('/graph.facebook.com/*', (request, reply) => serveGraph(context, 'facebook', request, reply));
	server.all('/graph.instagram.com/*', (request, reply) => serveGraph(context, 'instagram', request, reply));
	await serveUploads(server, context);
	serveLogin(server, context);
	serveInstagramLogin(server, context);
	serveCdn(server, context);
	serveControl(server, context, dispatch);
	serveApps(server, context);
	serveCustomers(server, context);
	serveAccounts(server, context);
	serveTokens(server, context);
	servePortfolios(server, context);
	serveUsers(server, context);
	serveDashboard(server, context);
	servePeoplesPage(server);

	const url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	context.world.baseUrl = url;
	return {
		url,
		graphUrl: `${url}/graph.facebook.com`,
		loginUrl: `${url}/www.facebook.com`,
		instagramGraphUrl: `${url}/graph.instagram.com`,
		instagramLoginUrl: `${url}/www.instagram.com`,
		instagramApiUrl: `${url}/api.instagram.com`,
		uploadUrl: `${url}/rupload.facebook.com`,
		get world() {
			return context.world;
		},
		async close() {
			context.world.clock.stop();
			context.deliverer.clear();
			dispatch.clear();
			await server.close();
			await agent.destroy();
		},
	};
}
