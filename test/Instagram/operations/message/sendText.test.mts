import nock from 'nock';
import { graphError, guardNetwork, line, listenAt } from '../../../support/graph.mts';
import { BAKERY, GRAPH, settledLogin, tokens } from '../../../support/logins.mts';
import { jsons, operationOf, run } from '../../../support/parameters.mts';
import { proofOf, provenBody } from '../../../support/proofs.mts';
import { runNode } from '../../../support/runNode.mts';

guardNetwork();

const proof = proofOf(tokens.bakery);
const sent = { body: { recipient_id: '777', message_id: 'aWdfZ1' } };
const sendText = async (more: object) => await run('message', 'sendText', { recipientId: '777', text: 'Hi', ...more });

describe('message: sendText', () => {
	it('sends one call, signed with the Page token', async () => {
		const call = nock(GRAPH, { reqheaders: { authorization: `Bearer ${tokens.bakery}` } })
			.post(`/v25.0/${BAKERY.pageId}/messages`, {
				recipient: { id: '777' },
				message: { text: 'Grüße 👋' },
				appsecret_proof: proof,
			})
			.reply(200, { recipient_id: '777', message_id: 'aWdfZ1' });
		const { items, error } = await sendText({ text: 'Grüße 👋' });
		expect(error).toBeUndefined();
		expect(jsons(items)).toEqual([{ messageId: 'aWdfZ1', recipientId: '777' }]);
		expect(items[0].pairedItem).toEqual({ item: 0 });
		expect(call.isDone()).toBe(true);
	});

	it.each([
		['1,000 plain letters', 'a'.repeat(1000)],
		['500 accented letters', 'é'.repeat(500)],
		['250 emojis', '👋'.repeat(250)],
	])('sends %s whole', async (_name, text) => {
		const calls = listenAt(GRAPH, () => sent);
		const { error } = await sendText({ text });
		expect(error).toBeUndefined();
		expect(provenBody(calls[0])).toEqual({ content: { recipient: { id: '777' }, message: { text } }, proof });
	});

	it.each([
		['a'.repeat(1001), 1001],
		['é'.repeat(500) + 'a', 1001],
		['👋'.repeat(251), 1004],
	])('refuses a text that is too long by its bytes, before any call', async (text, bytes) => {
		const calls = listenAt(GRAPH, () => sent);
		const { error } = await sendText({ text });
		expect(error?.message).toBe(`The text has ${bytes} bytes; Instagram takes at most 1000`);
		expect(error?.context?.itemIndex).toBe(0);
		expect(calls).toEqual([]);
	});

	it.each([
		['text', ' \n\t ', 'Text'],
		['text', '={{ $json.missing }}', 'Text'],
		['recipientId', '   ', 'Recipient'],
		['recipientId', '={{ null }}', 'Recipient'],
	])('refuses an empty %s (%j), before any call', async (name, value, label) => {
		const calls = listenAt(GRAPH, () => sent);
		const { error } = await sendText({ [name]: value });
		expect(error?.message).toBe(`"${label}" is empty`);
		expect(calls).toEqual([]);
	});

	it('sends numbers of expressions as the texts that Meta wants', async () => {
		const calls = listenAt(GRAPH, () => sent);
		const { error } = await sendText({ text: '={{ 40 + 2 }}', recipientId: '={{ 777 }}' });
		expect(error).toBeUndefined();
		expect(provenBody(calls[0])).toEqual({ content: { recipient: { id: '777' }, message: { text: '42' } }, proof });
	});

	it('takes its fields from each item and opens the login once', async () => {
		const calls = listenAt(GRAPH, ({ body }) => ({
			body: { message_id: `m-${JSON.parse(body).message.text}`, recipient_id: '1' },
		}));
		const { items } = await run(
			'message',
			'sendText',
			{ recipientId: '={{ $json.who }}', text: '={{ $json.say }}' },
			{
				items: [
					{ who: '1', say: 'a' },
					{ who: '2', say: 'b' },
				],
			},
		);
		expect(calls.map(provenBody)).toEqual([
			{ content: { recipient: { id: '1' }, message: { text: 'a' } }, proof },
			{ content: { recipient: { id: '2' }, message: { text: 'b' } }, proof },
		]);
		expect(jsons(items).map(({ messageId }) => messageId)).toEqual(['m-a', 'm-b']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('an item that fails', () => {
	const items = [{ who: '1' }, { who: '2' }, { who: '3' }];
	const parameters = { recipientId: '={{ $json.who }}', text: 'Hi' };
	const secondRefused = () =>
		listenAt(GRAPH, ({ body }) =>
			JSON.parse(body).recipient.id === '2' ? { status: 400, body: graphError(10, 2534022) } : sent,
		);

	it('does not keep the others from working, when so set', async () => {
		const calls = secondRefused();
		const result = await run('message', 'sendText', parameters, { items, continueOnFail: true });
		expect(calls.map(({ body }) => JSON.parse(body).recipient.id)).toEqual(['1', '2', '3']);
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(result.items[1].json.error).toBe('The 24-hour window to answer this person is closed');
		expect(result.items[1].json.details).toContain('Meta error 10/2534022');
		expect([result.items[0].json.messageId, result.items[2].json.messageId]).toEqual(['aWdfZ1', 'aWdfZ1']);
	});

	it('stops the node otherwise, and is named', async () => {
		const calls = secondRefused();
		const { error } = await run('message', 'sendText', parameters, {
			items: [{ who: '2' }, { who: '2' }, { who: '2' }],
		});
		expect(calls).toHaveLength(1);
		expect(error?.context?.itemIndex).toBe(0);
		expect(error?.description).toContain('0 of 3 items were carried out');
	});

	it('keeps the order of the messages to one person, and lets others go ahead', async () => {
		const order: string[] = [];
		listenAt(GRAPH, ({ body }) => {
			const { recipient, message } = JSON.parse(body);
			order.push(`${recipient.id}: ${message.text}`);
			return { ...sent, delayMs: recipient.id === '1' ? 150 : 0 };
		});
		const chat = [
			{ who: '1', text: 'a' },
			{ who: '1', text: 'b' },
			{ who: '2', text: 'c' },
			{ who: '2', text: 'd' },
		];
		const { items: done } = await run(
			'message',
			'sendText',
			{ recipientId: '={{ $json.who }}', text: '={{ $json.text }}' },
			{ items: chat },
		);
		expect(order).toEqual(['1: a', '2: c', '2: d', '1: b']);
		expect(done.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	});

	it('because it is not filled in, is an error item as well', async () => {
		const calls = listenAt(GRAPH, () => sent);
		const result = await run(
			'message',
			'sendText',
			{ ...parameters, recipientId: '={{ $json.who === "2" ? "" : $json.who }}' },
			{ items, continueOnFail: true },
		);
		expect(calls.map(line)).toHaveLength(2);
		expect(result.items[1]).toMatchObject({ json: { error: '"Recipient" is empty' }, pairedItem: { item: 1 } });
	});
});

it('an operation that this version does not have is named', async () => {
	const { error } = await runNode({ parameters: operationOf('message', 'sendFax'), credentials: settledLogin() });
	expect(error?.message).toContain('has no operation "message: sendFax"');
});
