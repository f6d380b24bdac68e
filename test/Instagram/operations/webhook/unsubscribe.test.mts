import { guardNetwork, line } from '../../../support/graph.mts';
import { BAKERY, FLORIST, settledLogin } from '../../../support/logins.mts';
import { jsons, run } from '../../../support/parameters.mts';
import { lines, subscriptionServer, writes } from '../../../support/subscriptionServer.mts';

guardNetwork();

const URL = 'https://n8n.test/webhook/hook-id/webhook';
const both = { credentials: settledLogin([BAKERY, FLORIST]) };
const one = { accounts: 'one' };

describe('webhook: unsubscribe', () => {
	it('takes the app off the chosen account, and leaves the callback', async () => {
		const calls = subscriptionServer({ callback: URL, page: ['messages'] });
		const { items } = await run(
			'webhook',
			'unsubscribe',
			{ ...one, account: { __rl: true, mode: 'id', value: FLORIST.id } },
			both,
		);
		expect(lines(writes(calls))).toEqual([`DELETE /${FLORIST.pageId}/subscribed_apps`]);
		expect(jsons(items)).toEqual([
			{ removedCallback: null, accounts: [{ id: FLORIST.id, username: FLORIST.username, changed: true }] },
		]);
	});

	it('asks which account, and takes none of several by itself', async () => {
		const calls = subscriptionServer({ callback: URL, page: ['messages'] });
		expect((await run('webhook', 'unsubscribe', one, both)).error?.message).toBe('Choose the Instagram account');
		expect(calls).toEqual([]);
	});

	it('leaves accounts alone that do not have the app', async () => {
		const calls = subscriptionServer({ others: [{ id: '777', subscribed_fields: ['feed'] }] });
		const { items } = await run('webhook', 'unsubscribe', { accounts: 'all' }, both);
		expect(jsons(items)).toMatchObject([{ accounts: [{ changed: false }, { changed: false }] }]);
		expect(writes(calls)).toEqual([]);
	});

	it('removes the callback of the named address, of the instagram object only', async () => {
		const calls = subscriptionServer({ callback: URL });
		const { items } = await run('webhook', 'unsubscribe', { accounts: 'none', removeCallback: true, webhookUrl: URL });
		expect(
			writes(calls).map(({ query: { appsecret_proof: _proof, ...query }, ...call }) => [
				line({ query, ...call }),
				query,
			]),
		).toEqual([['DELETE /123456/subscriptions', { object: 'instagram' }]]);
		expect(jsons(items)).toEqual([{ removedCallback: URL, accounts: [] }]);
	});

	it.each<[string, object, string]>([
		['another address', { webhookUrl: `${URL}/` }, `They go to ${URL}`],
		['no address', { webhookUrl: ' ' }, '"Webhook URL" is empty'],
		['nothing to remove', { removeCallback: false }, 'There is nothing to remove'],
	])('removes nothing with %s', async (_what, values, told) => {
		const calls = subscriptionServer({ callback: URL, page: ['messages'] });
		const { error } = await run('webhook', 'unsubscribe', { accounts: 'none', removeCallback: true, ...values });
		expect(`${error?.message} ${error?.description}`).toContain(told);
		expect(writes(calls)).toEqual([]);
	});
});
