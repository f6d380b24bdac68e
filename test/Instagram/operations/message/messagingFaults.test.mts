import '../../../support/quickTime.mts';
import type { IDataObject } from 'n8n-workflow';
import { startFiles } from '../../../sandbox/files.mts';
import { BAKERY, jpeg, type Json } from '../../../sandbox/support.mts';
import { useBinaryFiles } from '../../../support/binaryFiles.mts';
import type { RunOptions } from '../../../support/runNode.mts';
import { openInbox, type Inbox, type Outcome } from '../../../support/stages/inbox.mts';
import { endOf, FAULTS, type End } from './messageFaults.mts';

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
