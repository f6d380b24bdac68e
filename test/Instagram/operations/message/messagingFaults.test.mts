import '../../../support/quickTime.mts';
import type { IDataObject } from 'n8n-workflow';
import { startFiles } from '../../../sandbox/files.mts';
import { BAKERY, jpeg, type Json } from '../../../sandbox/support.mts';
import { useBinaryFiles } from '../../../support/binaryFiles.mts';
import type { RunOptions } from '../../../support/runNode.mts';
import { openInbox, type Inbox, type Outcome } from '../../../support/stages/inbox.mts';

jest.setTimeout(180_000);

const binaries = useBinaryFiles();
let files: Awaited<ReturnType<typeof startFiles>>;
beforeAll(async () => {
	files = await startFiles({ '/bread.jpg': jpeg(40, 40) });
});
afterAll(async () => await files.close());

/** What an operation does to a customer, and how often it shows there. */
type Way = {
	operation: string;
	parameters: (inbox: Inbox) => IDataObject | Promise<IDataObject>;
	more?: (inbox: Inbox) => Promise<Partial<RunOptions>>;
	/** Doing it twice leaves no trace: the node may repeat it by itself. */
	isHarmless?: true;
	/** Whose inbox. */
	customer?: string;
};

const buttons = { button: [{ type: 'postback', title: 'Order', payload: 'ORDER' }] };
const WAYS: Record<string, Way> = {
	text: { operation: 'sendText', parameters: () => ({ text: 'Hi' }) },
	'media by URL': {
		operation: 'sendMedia',
		parameters: () => ({ mediaType: 'image', source: 'url', mediaUrl: `${files.url}/bread.jpg` }),
	},
	'media of the workflow': {
		operation: 'sendMedia',
		parameters: () => ({ mediaType: 'image', source: 'binary', binaryField: '={{ $json.file }}' }),
		more: async () => ({
			items: [{ file: await binaries.store(jpeg(40, 40), 'image/jpeg') } as never],
			url: binaries.url(),
		}),
	},
	template: {
		operation: 'sendTemplate',
		parameters: () => ({ templateType: 'button', templateText: 'What next?', buttons }),
	},
	reaction: { operation: 'react', parameters: ({ mid }) => ({ messageId: mid, reaction: 'love' }), isHarmless: true },
	'private reply': {
		operation: 'replyPrivately',
		parameters: async ({ control }) => ({
			commentId: (
				await control('POST', '/customers/customer_two/comments', { account: BAKERY.username, text: 'Price?' })
			).body.id,
			text: 'Three euros',
		}),
		customer: 'customer_two',
	},
	'question that waits': {
		operation: 'sendAndWait',
		parameters: () => ({ message: 'Friday?', responseType: 'approval', options: {} }),
	},
	'text that hands over': {
		operation: 'sendText',
		parameters: () => ({ text: 'Hi', options: { threadControl: 'release' } }),
	},
};

type End = 'sent' | 'refused' | 'unclear';
/** Fault -> what the sandbox does, whether the message reaches the customer all the same, and how the item ends. */
const FAULTS: Record<string, { fault: object; isSent: boolean; end: End }> = {
	'a time-out before it was taken': { fault: { delayMs: 400, reset: 'before' }, isSent: false, end: 'unclear' },
	'a time-out after it was taken': { fault: { delayMs: 400, reset: 'after' }, isSent: true, end: 'unclear' },
	'a broken gateway before': { fault: { status: 502 }, isSent: false, end: 'unclear' },
	'a broken gateway after': { fault: { status: 502, afterEffect: true }, isSent: true, end: 'unclear' },
	"Meta's 500 before": { fault: { status: 500, error: { code: 1 } }, isSent: false, end: 'unclear' },
	"Meta's 500 after": { fault: { status: 500, error: { code: 1 }, afterEffect: true }, isSent: true, end: 'unclear' },
	'a cut connection before': { fault: { reset: 'before' }, isSent: false, end: 'unclear' },
	'a cut connection after': { fault: { reset: 'after' }, isSent: true, end: 'unclear' },
	'a passing error before': {
		fault: { status: 500, error: { code: 2, is_transient: true } },
		isSent: false,
		end: 'unclear',
	},
	'a passing error after': {
		fault: { status: 500, error: { code: 2, is_transient: true }, afterEffect: true },
		isSent: true,
		end: 'unclear',
	},
	'too many messages (613)': {
		fault: { status: 400, error: { code: 613, error_subcode: 2534040 } },
		isSent: true,
		end: 'sent',
	},
	'too many calls of the account (80002)': {
		fault: { status: 400, error: { code: 80002, is_transient: true } },
		isSent: true,
		end: 'sent',
	},
	'too many messages of the account (80006)': {
		fault: { status: 400, error: { code: 80006, is_transient: true } },
		isSent: true,
		end: 'sent',
	},
	'too many calls of the app (4)': {
		fault: { status: 403, error: { code: 4, is_transient: true } },
		isSent: true,
		end: 'sent',
	},
	'an answer that is no JSON': { fault: { answer: 'malformed' }, isSent: true, end: 'unclear' },
	'an answer that breaks off': { fault: { answer: 'truncated' }, isSent: true, end: 'unclear' },
	'a plain refusal': {
		fault: { status: 400, error: { code: 10, error_subcode: 2534022 } },
		isSent: false,
		end: 'refused',
	},
};

const UNCLEAR = /may or may not have been sent/;
const endOf = ({ error }: Outcome): End =>
	!error ? 'sent' : UNCLEAR.test(error.description ?? '') ? 'unclear' : 'refused';

/** What the account did to a customer: its messages, and its reactions. */
async function done({ control }: Inbox, customer: string): Promise<number> {
	const messages = (await control('GET', `/customers/${customer}/inbox?account=${BAKERY.username}`)).body
		.messages as Json[];
	const reactions = messages.flatMap((message) => message.reactions as Json[]).filter(({ by }) => by === 'account');
	return messages.filter(({ from }) => from === 'account').length + reactions.length;
}

/** One item of a way while its call fails in a way. */
async function drill(
	way: Way,
	fault: object,
	path = '/messages$',
	options: Partial<RunOptions> = {},
	login: 'run' | 'runAsInstagram' = 'run',
): Promise<{ outcome: Outcome; count: number }> {
	const inbox = await openInbox();
	try {
		await inbox.setRouting(true);
		const [parameters, more] = [await way.parameters(inbox), await way.more?.(inbox)];
		await inbox.control('POST', '/faults', { method: 'POST', path, ...fault });
		const outcome = await inbox[login](
			'message',
			way.operation,
			{ recipientId: inbox.person, ...parameters },
			{ ...more, ...options },
		);
		return { outcome, count: await done(inbox, way.customer ?? 'customer_one') };
	} finally {
		await inbox.close();
	}
}

describe.each(Object.entries(WAYS))('%s', (_name, way) => {
	it('arrives once or not at all, and the item says which, whatever becomes of its call', async () => {
		const rows = Object.entries(FAULTS);
		const outcomes = await Promise.all(rows.map(async ([, { fault }]) => await drill(way, fault)));
		const told = outcomes.map(({ outcome, count }, i) => ({ fault: rows[i][0], count, end: endOf(outcome) }));
		const isRepeated = (end: End) => way.isHarmless && end === 'unclear';
		expect(told).toEqual(
			rows.map(([fault, { end, isSent }]) => ({
				fault,
				count: isSent || isRepeated(end) ? 1 : 0,
				end: isRepeated(end) ? 'sent' : end,
			})),
		);
		for (const { outcome } of outcomes) if (outcome.error) expect(outcome.error.description).toMatch(/again|wait/i);
	});

	it('is not repeated by a retry of n8n where nobody knows, and is where it was refused', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 };
		const [lost, gateway, refused] = await Promise.all([
			drill(way, { reset: 'after' }, undefined, { settings }),
			drill(way, { status: 502, afterEffect: true }, undefined, { settings }),
			drill(way, { status: 400, error: { code: 10, error_subcode: 2534022 } }, undefined, { settings }),
		]);
		expect([lost.count, gateway.count, refused.count]).toEqual([1, 1, 1]);
		expect(endOf(refused.outcome)).toBe('sent');
		expect([lost, gateway].map(({ outcome }) => endOf(outcome))).toEqual(
			Array(2).fill(way.isHarmless ? 'sent' : 'unclear'),
		);
	});
});

it('with Instagram Login, texts and files arrive once or not at all, too', async () => {
	for (const name of ['text', 'media of the workflow']) {
		const rows = Object.entries(FAULTS);
		const outcomes = await Promise.all(
			rows.map(async ([, { fault }]) => await drill(WAYS[name], fault, undefined, {}, 'runAsInstagram')),
		);
		const told = outcomes.map(({ outcome, count }, i) => ({
			way: name,
			fault: rows[i][0],
			count,
			end: endOf(outcome),
		}));
		expect(told).toEqual(rows.map(([fault, { end, isSent }]) => ({ way: name, fault, count: isSent ? 1 : 0, end })));
	}
});

it('a file that goes to Meta first costs no message, whatever becomes of its upload', async () => {
	const rows = Object.entries(FAULTS);
	const outcomes = await Promise.all(
		rows.map(async ([, { fault }]) => await drill(WAYS['media of the workflow'], fault, '/message_attachments$')),
	);
	const told = outcomes.map(({ outcome, count }, i) => ({ fault: rows[i][0], count, end: endOf(outcome) }));
	// A file that is uploaded twice is seen by nobody.
	expect(told).toEqual(
		rows.map(([fault, { end }]) => ({
			fault,
			count: end === 'refused' ? 0 : 1,
			end: end === 'refused' ? 'refused' : 'sent',
		})),
	);
});

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
