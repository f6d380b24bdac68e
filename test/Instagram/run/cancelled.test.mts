import type { IDataObject } from 'n8n-workflow';
import { graphError, guardNetwork, listenAt } from '../../support/graph.mts';
import { GRAPH } from '../../support/logins.mts';
import { run } from '../../support/parameters.mts';

guardNetwork();

type Kept = { 'node:instagram'?: { unfinished?: { items: IDataObject } } };

describe('an execution that is cancelled', () => {
	it.each([
		['goes on after errors', true],
		['stops at an error', false],
	])('begins no further item, when the node %s', async (_how, continueOnFail) => {
		let cancel = () => {};
		const calls = listenAt(GRAPH, () => {
			cancel();
			return { status: 400, body: graphError(10, 2534022) };
		});
		const { kept } = await run(
			'message',
			'sendText',
			{ recipientId: '777', text: '={{ $json.text }}' },
			{ items: ['a', 'b', 'c'].map((text) => ({ text })), continueOnFail, onStart: (stop) => (cancel = stop) },
		);
		expect(calls).toHaveLength(1);
		expect(Object.keys((kept as Kept)['node:instagram']?.unfinished?.items ?? {})).toEqual(['0']);
	});
});
