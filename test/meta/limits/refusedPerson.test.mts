import { graphError, guardNetwork, listenAt } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { runNode } from '../../support/runNode.mts';

guardNetwork();

it('a person to whom Meta takes no messages for a while holds up nobody else in the run', async () => {
	const usage = { [BAKERY.id]: [{ type: 'messenger', estimated_time_to_regain_access: 19 }] };
	const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
	const calls = listenAt(GRAPH, ({ body }) =>
		body.includes('"refused"')
			? { status: 400, body: graphError(613), headers }
			: { body: { message_id: 'm', recipient_id: '1' } },
	);
	const { credentials } = newLogin([BAKERY], {}, { clientSecret: 'refused person' });
	const people = ['refused', 'one', 'two', 'refused', 'three'];
	const { items } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '={{ $json.to }}', text: 'Hi' }),
		credentials,
		items: people.map((to) => ({ to })),
		continueOnFail: true,
	});
	const failed = 'Meta limits the rate of this call';
	expect(items.map(({ json }) => json.error)).toEqual([failed, undefined, undefined, failed, undefined]);
	// The second message to the refused person is not even tried.
	expect(calls).toHaveLength(4);
	const { items: later } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: 'four', text: 'Hi' }),
		credentials,
	});
	expect(later).toHaveLength(1);
});
