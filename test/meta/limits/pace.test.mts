import { guardNetwork, listenAt } from '../../support/graph.mts';
import { GRAPH, newLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { runNode } from '../../support/runNode.mts';

guardNetwork();
jest.setTimeout(30_000);

const send = async (items: Array<{ to: string }>) => {
	const times: number[] = [];
	listenAt(GRAPH, () => {
		times.push(performance.now());
		return { body: { message_id: 'm', recipient_id: '1' } };
	});
	const { credentials } = newLogin();
	const { error } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '={{ $json.to }}', text: 'Hi' }),
		credentials,
		items,
	});
	expect(error).toBeUndefined();
	return times;
};

describe('the pace of messages', () => {
	it('stays below a hundred in a second, however many people are written to', async () => {
		const times = await send(Array.from({ length: 150 }, (_, index) => ({ to: String(index) })));
		expect(times).toHaveLength(150);
		const busiest = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));
		expect(busiest).toBeLessThanOrEqual(100);
	});
});
