import { resultToStore, whileRequested } from '../../nodes/meta/login/exchangeRequests.ts';
import { guardNetwork } from '../support/graph.mts';
import { loginServer } from '../support/loginServer.mts';
import { freshLogin, newLogin } from '../support/logins.mts';
import { refusesToStore } from '../support/otherN8n.mts';
import { operationOf } from '../support/parameters.mts';
import { runNode, type Stored } from '../support/runNode.mts';

guardNetwork();

const send = async (credentials: Stored) => {
	const { error } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi' }),
		credentials,
		otherN8n: [refusesToStore],
	});
	expect(error).toBeUndefined();
};

describe('tokens in memory', () => {
	it('that n8n could not save are let go of when somebody connects anew', async () => {
		const calls = loginServer();
		const exchanges = () => calls.filter(({ body }) => body.includes('fb_exchange_token')).length;
		const credentials = freshLogin();
		const before = structuredClone(credentials);
		await send(credentials);
		await send(credentials);
		expect(exchanges()).toBe(1);
		Object.assign(credentials, newLogin().credentials);
		await send(credentials);
		// Whoever brought the old one back would find nothing that was kept for it.
		Object.assign(credentials, before);
		await send(credentials);
		expect(exchanges()).toBe(2);
	});

	it('that wait for n8n to store them go when n8n has answered, or failed', async () => {
		const toStore = { token: 'made up' };
		const seen: unknown[] = [];
		const request = whileRequested('key', { isReread: false, toStore }, async () => {
			seen.push(resultToStore('key'));
			throw new Error('n8n was stopped');
		});
		await expect(request).rejects.toThrow('n8n was stopped');
		expect([seen, resultToStore('key')]).toEqual([[toStore], undefined]);
	});

	it('belong to the request that came last, should two ask for one login', async () => {
		let end = () => {};
		const first = whileRequested('key', { isReread: false }, async () => {
			await new Promise<void>((done) => (end = done));
		});
		const second = whileRequested('key', { isReread: false, toStore: { token: 'second' } }, async () => {
			end();
			await first;
			return resultToStore('key');
		});
		expect((await second).woken).toEqual({ token: 'second' });
	});
});
