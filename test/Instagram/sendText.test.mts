import nock from 'nock';
import { BAKERY, GRAPH, settledLogin, tokens } from '../support/logins.mts';
import { runNode } from '../support/runNode.mts';

const parameters = { authentication: 'instagramFacebookLoginOAuth2Api', resource: 'message', operation: 'sendText', account: { __rl: true, mode: 'list', value: '' } };

describe('message: sendText', () => {
	beforeAll(() => nock.disableNetConnect());
	afterEach(() => {
		expect(nock.pendingMocks()).toEqual([]);
		nock.cleanAll();
	});

	it('sends one call, signed with the Page token', async () => {
		const sent = nock(GRAPH, { reqheaders: { authorization: `Bearer ${tokens.bakery}` } })
			.post(`/v25.0/${BAKERY.pageId}/messages`, { recipient: { id: '777' }, message: { text: 'Grüße 👋' } })
			.reply(200, { recipient_id: '777', message_id: 'aWdfZ1' });
		const { items, error } = await runNode({
			parameters: { ...parameters, recipientId: '777', text: 'Grüße 👋' },
			credentials: settledLogin(),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ messageId: 'aWdfZ1', recipientId: '777' }]);
		expect(items[0].pairedItem).toEqual({ item: 0 });
		expect(sent.isDone()).toBe(true);
	});
});
