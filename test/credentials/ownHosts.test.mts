import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData, getCredentialAllowedDomains, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { InstagramFacebookLoginOAuth2Api } from '../../credentials/InstagramFacebookLoginOAuth2Api.credentials.ts';
import { InstagramLoginOAuth2Api } from '../../credentials/InstagramLoginOAuth2Api.credentials.ts';
import { SIGN_AS_HEADER } from '../../nodes/meta/graph/signAs.ts';
import { formOf } from '../support/credentialFields.mts';
import { guardNetwork, listenAt } from '../support/graph.mts';
import { loginServer } from '../support/loginServer.mts';
import { BAKERY, GRAPH } from '../support/logins.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../support/pastedTokens.mts';
import { additionalDataOf, nodeOf, workflowOf } from '../support/workflow.mts';

guardNetwork();

const EVIL = 'https://evil.example';
const UPLOADS = 'https://rupload.facebook.com';

/** A credential that somebody else may use, and n8n's request helpers as its HTTP Request node has them. */
async function helpersOf(fields: object = {}) {
	const credentials = openedLogin(
		pastedTokens.user,
		{ kind: 'facebookUser', token: 'EAAstored000' },
		{ appId: '123456', appSecret: 'made-up', ...fields },
	);
	const node = nodeOf('instagram', { authentication: TYPE }, credentials);
	const workflow = workflowOf([node]);
	await workflow.expression.acquireIsolate?.();
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataOf(credentials, [node]),
		'manual',
		createRunExecutionData({}),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null } as never,
		[],
	) as unknown as IExecuteFunctions;
	return {
		modern: async (options: object) =>
			await context.helpers.httpRequestWithAuthentication.call(context, TYPE, options as never),
		legacy: async (options: object) =>
			await context.helpers.requestWithAuthentication.call(context, TYPE, options as never),
	};
}

const headers = { [SIGN_AS_HEADER]: 'app' };

describe('the Access Token credential, in the hands of somebody who may only use it', () => {
	it.each<[string, object]>([
		['an address', { url: `${EVIL}/x` }],
		['an address that begins like one of Meta', { url: 'https://graph.facebook.com.evil.example/' }],
		['an address that names Meta as its user', { url: 'https://graph.facebook.com@evil.example/' }],
		['another port', { url: 'https://graph.facebook.com:8443/' }],
		['an address without TLS', { url: 'http://graph.facebook.com/' }],
		['another host of Meta, which may lead elsewhere', { url: 'https://l.facebook.com/l.php?u=x' }],
		['an address without a scheme', { url: '//evil.example/x', baseURL: GRAPH }],
		['a base of the request', { url: '/x', baseURL: EVIL }],
		['an address that is none', { url: 'x' }],
		['a proxy', { url: `${GRAPH}/v25.0/me`, proxy: { protocol: 'https', host: 'evil.example', port: 443 } }],
	])('signs nothing for %s', async (_what, options) => {
		const calls = [
			EVIL,
			GRAPH,
			'https://graph.facebook.com:8443',
			'http://graph.facebook.com',
			'https://graph.facebook.com.evil.example',
			'https://l.facebook.com',
		].map((host) => listenAt(host, () => ({ body: {} })));
		const { modern } = await helpersOf();
		await expect(modern({ ...options, headers })).rejects.toThrow(
			/The Instagram credential signs (requests to Meta only: use another credential|no request that names a proxy)/,
		);
		expect(calls.flat()).toEqual([]);
	});

	it('signs nothing in the words of the HTTP Request node either, which opens the session anew and asks again', async () => {
		loginServer();
		const calls = listenAt(EVIL, () => ({ body: {} }));
		const { legacy } = await helpersOf();
		for (const options of [
			{ uri: `${EVIL}/x` },
			{ uri: `${GRAPH}/me`, url: `${EVIL}/x` },
			{ url: `${GRAPH}/me`, uri: `${EVIL}/x` },
		])
			await expect(legacy({ method: 'GET', ...options, headers })).rejects.toThrow('signs requests to Meta only');
		expect(calls).toEqual([]);
	});

	it.each([GRAPH, INSTAGRAM, UPLOADS])('signs for %s', async (host) => {
		const calls = listenAt(host, () => ({ body: {} }));
		const { legacy, modern } = await helpersOf();
		await modern({ url: `${host}/v25.0/me`, headers });
		await legacy({ method: 'GET', uri: `${host}/v25.0/me`, headers });
		expect(calls.map(({ authorization }) => authorization)).toEqual(Array(2).fill('Bearer 123456|made-up'));
	});

	it('signs for the gateway or sandbox of its base URLs, at that port alone', async () => {
		const calls = listenAt('http://127.0.0.1:4800', () => ({ body: {} }));
		const { modern } = await helpersOf({ graphBaseUrl: 'http://127.0.0.1:4800/graph.facebook.com/' });
		await modern({
			url: `http://127.0.0.1:4800/rupload.facebook.com/x`,
			headers: { [SIGN_AS_HEADER]: `upload:${BAKERY.pageId}` },
		});
		await expect(modern({ url: 'http://127.0.0.1:4801/x', headers })).rejects.toThrow('signs requests to Meta only');
		expect(calls).toHaveLength(1);
	});
});

describe('the domains that n8n lets the HTTP Request node call with a pop-up login', () => {
	const node = { name: 'HTTP Request' } as INode;
	const allowed = async (type: InstagramFacebookLoginOAuth2Api | InstagramLoginOAuth2Api, filledIn: object = {}) => {
		const { defaults, evaluate } = formOf(type);
		const allowedDomains = await evaluate('allowedDomains', filledIn as never);
		return getCredentialAllowedDomains({ node, credentialData: { ...defaults, ...filledIn, allowedDomains } as never });
	};

	it('are the host of its Graph API from the start, also behind a gateway', async () => {
		expect(await allowed(new InstagramFacebookLoginOAuth2Api())).toBe('graph.facebook.com');
		expect(await allowed(new InstagramLoginOAuth2Api())).toBe('graph.instagram.com');
		expect(
			await allowed(new InstagramFacebookLoginOAuth2Api(), {
				graphBaseUrl: ' http://127.0.0.1:4800/graph.facebook.com/ ',
			}),
		).toBe('127.0.0.1');
		expect(await allowed(new InstagramLoginOAuth2Api(), { instagramGraphBaseUrl: 'https://gate.example' })).toBe(
			'gate.example',
		);
		expect(await allowed(new InstagramLoginOAuth2Api(), { instagramGraphBaseUrl: 'http://[::1]:4800/x' })).toBe(
			'[::1]',
		);
	});

	it('are what the operator chose', async () => {
		expect(await allowed(new InstagramFacebookLoginOAuth2Api(), { allowedHttpRequestDomains: 'all' })).toBeUndefined();
	});
});
