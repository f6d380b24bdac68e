import { APP, APP_TOKEN, IG_APP, call, eventsOf, loginOf, start, startEndpoint } from './support.mts';
import type { Started } from './support.mts';

let sandbox: Started;
const open = async (options: Parameters<typeof start>[0]) => {
	await sandbox?.close();
	sandbox = await start(options);
};
afterAll(() => sandbox.close());

describe('the callback of Instagram Login', () => {
	const post = (id: string, secret: string, url: string) =>
		sandbox.graph('POST', `/${id}/subscriptions`, `${id}|${secret}`, {
			object: 'instagram',
			callback_url: url,
			verify_token: 'secret-word',
			fields: 'messages,story_insights',
		});
	const callbackOf = async (id: string, secret: string) =>
		(await sandbox.graph('GET', `/${id}/subscriptions`, `${id}|${secret}`)).body.data?.[0]?.callback_url;
	const webhooks = async () => {
		const [{ webhook, instagramWebhook }] = (await sandbox.control('GET', '/world')).body.apps;
		return { facebook: webhook, instagram: instagramWebhook };
	};

	it.each([
		['metaApp', [APP.id, APP.secret], [IG_APP.id, IG_APP.secret]],
		['instagramApp', [IG_APP.id, IG_APP.secret], undefined],
	] as const)('is set and read at the %s', async (instagramCallbackAt, [id, secret], refused) => {
		await open({ instagramCallbackAt });
		const endpoint = await startEndpoint();
		try {
			if (refused) expect((await post(refused[0], refused[1], endpoint.url)).status).toBe(400);
			expect((await post(id, secret, endpoint.url)).body).toEqual({ success: true });
			expect(await callbackOf(id, secret)).toBe(endpoint.url);
			expect((await webhooks()).instagram).toMatchObject({ fields: ['messages'] });
			const instagram = await sandbox.token('instagram');
			await sandbox.instagram('POST', '/me/subscribed_apps', instagram, { subscribed_fields: 'messages' });
			await sandbox.write('customer_one', 'Are you open?');
			const received = await endpoint.until(1);
			expect(received.map(loginOf)).toEqual(['instagram']);
			expect(eventsOf(received)).toHaveLength(1);
			const url = `${sandbox.sandbox.graphUrl}/v25.0/${id}/subscriptions?object=instagram`;
			await call('DELETE', url, undefined, { authorization: `Bearer ${id}|${secret}` });
			expect(await webhooks()).toEqual({ facebook: null, instagram: null });
		} finally {
			await endpoint.close();
		}
	});

	it.each(['instagramApp', 'dashboard'] as const)(
		'stays as it is when the one of Facebook Login is set: %s',
		async (instagramCallbackAt) => {
			await open({ instagramCallbackAt });
			const endpoint = await startEndpoint();
			try {
				await post(APP.id, APP.secret, endpoint.url);
				expect((await webhooks()).instagram).toBeNull();
				expect((await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN)).body.data).toHaveLength(1);
			} finally {
				await endpoint.close();
			}
		},
	);
});
