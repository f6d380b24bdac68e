import '../../../support/quickTime.mts';
import { BAKERY, type Json } from '../../../sandbox/support.mts';
import type { RunOptions } from '../../../support/runNode.mts';
import { openInbox } from '../../../support/stages/inbox.mts';
import { endOf, FAULTS, UNCLEAR } from './messageFaults.mts';

jest.setTimeout(180_000);

describe('several items', () => {
	const CUSTOMERS = ['customer_one', 'customer_two', 'customer_three'];
	const TEXTS = ['first', 'second'];

	/** Two messages to each of three people, side by side; the third call fails in a way. */
	async function storm(fault: object, options: Partial<RunOptions>) {
		const inbox = await openInbox();
		try {
			for (const customer of CUSTOMERS.slice(1)) await inbox.write(customer, 'Hello');
			const to = await Promise.all(CUSTOMERS.map(async (customer) => await inbox.scopedId(customer)));
			const items = TEXTS.flatMap((text) => to.map((id) => ({ to: id, text })));
			await inbox.control('POST', '/faults', { method: 'POST', path: '/messages$', skip: 2, ...fault });
			const outcome = await inbox.run(
				'message',
				'sendText',
				{ recipientId: '={{ $json.to }}', text: '={{ $json.text }}' },
				{ items, ...options },
			);
			const received = await Promise.all(
				CUSTOMERS.map(async (customer) =>
					(
						(await inbox.control('GET', `/customers/${customer}/inbox?account=${BAKERY.username}`)).body
							.messages as Json[]
					)
						.filter(({ from }) => from === 'account')
						.map(({ text }) => text as string),
				),
			);
			return { outcome, received };
		} finally {
			await inbox.close();
		}
	}

	it('go on when they may: each says what became of it, and nobody gets a message twice', async () => {
		const rows = Object.entries(FAULTS);
		const storms = await Promise.all(rows.map(async ([, { fault }]) => await storm(fault, { continueOnFail: true })));
		const told = storms.map(({ outcome, received }, i) => {
			const failed = outcome.all.filter(({ error }) => error);
			return {
				fault: rows[i][0],
				failed: failed.map(({ details }) => (UNCLEAR.test(String(details)) ? 'unclear' : 'refused')),
				sent: outcome.all.length - failed.length,
				received: received.flat().length,
				twice: received.filter((texts) => new Set(texts).size < texts.length).length,
			};
		});
		expect(told).toEqual(
			rows.map(([fault, { end, isSent }]) => ({
				fault,
				failed: end === 'sent' ? [] : [end],
				sent: end === 'sent' ? 6 : 5,
				received: isSent ? 6 : 5,
				twice: 0,
			})),
		);
		const inOrder = storms.flatMap(({ received }) => received).filter((texts) => texts.length === 2);
		expect(new Set(inOrder.map((texts) => texts.join()))).toEqual(new Set([TEXTS.join()]));
	});

	it('are finished by a retry of n8n: the rest goes out, and nothing twice', async () => {
		const settings = { retryOnFail: true, maxTries: 4, waitBetweenTries: 50 };
		const rows = Object.entries(FAULTS);
		const storms = await Promise.all(rows.map(async ([, { fault }]) => await storm(fault, { settings })));
		for (const [i, { outcome, received }] of storms.entries()) {
			const { end } = rows[i][1];
			expect([rows[i][0], received.filter((texts) => new Set(texts).size < texts.length)]).toEqual([rows[i][0], []]);
			// What nobody knows stays with a person: n8n must not guess.
			expect([rows[i][0], endOf(outcome)]).toEqual([rows[i][0], end === 'unclear' ? 'unclear' : 'sent']);
			if (end !== 'unclear') expect(received).toEqual(CUSTOMERS.map(() => TEXTS));
		}
	});
});

describe('a text in several parts', () => {
	const text = `${'a'.repeat(900)} ${'b'.repeat(900)} ${'c'.repeat(900)}`;

	/** The second part meets the fault, and n8n tries again. */
	async function parts(fault: object) {
		const inbox = await openInbox();
		try {
			await inbox.control('POST', '/faults', { method: 'POST', path: '/messages$', skip: 1, ...fault });
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 };
			const outcome = await inbox.run(
				'message',
				'sendText',
				{ recipientId: inbox.person, text, options: { splitLongText: true } },
				{ settings },
			);
			return {
				outcome,
				letters: (await inbox.seen())
					.filter(({ from }) => from === 'account')
					.map((message) => String(message.text)[0])
					.join(''),
			};
		} finally {
			await inbox.close();
		}
	}

	it('goes on where it broke off, and repeats no part that went out or may have', async () => {
		const rows = Object.entries(FAULTS);
		const outcomes = await Promise.all(rows.map(async ([, { fault }]) => await parts(fault)));
		const told = outcomes.map(({ outcome, letters }, i) => ({ fault: rows[i][0], letters, end: endOf(outcome) }));
		expect(told).toEqual(
			rows.map(([fault, { end, isSent }]) => ({
				fault,
				letters: end !== 'unclear' ? 'abc' : isSent ? 'ab' : 'a',
				end: end === 'unclear' ? 'unclear' : 'sent',
			})),
		);
		const first = outcomes.find(({ outcome }) => outcome.error)?.outcome.error;
		expect(first?.description).toContain('Part 1 of 3 went out; send only the rest again.');
		for (const { outcome } of outcomes) if (!outcome.error) expect(outcome.json.messageIds).toHaveLength(3);
	});
});
