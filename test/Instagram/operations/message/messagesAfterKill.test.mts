import '../../../support/quickTime.mts';
import type { IDataObject } from 'n8n-workflow';
import { startFiles } from '../../../sandbox/files.mts';
import { BAKERY, jpeg, type Json } from '../../../sandbox/support.mts';
import { openInbox, type Inbox, type Outcome } from '../../../support/stages/inbox.mts';

jest.setTimeout(180_000);

let files: Awaited<ReturnType<typeof startFiles>>;
beforeAll(async () => {
	files = await startFiles({ '/bread.jpg': jpeg(40, 40) });
});
afterAll(async () => await files.close());

const CUSTOMERS = ['customer_one', 'customer_two'];
const UNCLEAR = /^It is unclear whether an earlier run sent this message/;

/** What the account has sent to a customer, oldest first. */
async function received({ control }: Inbox, customer: string): Promise<Json[]> {
	const messages = (await control('GET', `/customers/${customer}/inbox?account=${BAKERY.username}`)).body
		.messages as Json[];
	return messages.filter(({ from }) => from === 'account');
}
const countOf = async (inbox: Inbox): Promise<number> =>
	(await Promise.all(CUSTOMERS.map(async (customer) => await received(inbox, customer)))).flat().length;

/** How n8n had stored the execution that is retried: as it was created, or with each node's end (Save Execution Progress). */
const STORED = { 'nothing stored': 0, 'progress stored': 1 } as const;
type Stored = keyof typeof STORED;

/** What an operation sends: a message for each item. */
type Way = {
	operation: string;
	parameters: (inbox: Inbox) => IDataObject | Promise<IDataObject>;
	/** One item, or one for each customer. */
	items?: 1;
};

async function withInbox<T>(act: (inbox: Inbox, people: string[]) => Promise<T>): Promise<T> {
	const inbox = await openInbox({ isMortal: true });
	try {
		for (const customer of CUSTOMERS.slice(1)) await inbox.write(customer, 'Hello');
		return await act(inbox, await Promise.all(CUSTOMERS.map(async (customer) => await inbox.scopedId(customer))));
	} finally {
		await inbox.close();
	}
}

/** Sends, is killed after some calls, and is retried. */
async function drill(
	inbox: Inbox,
	{ operation, parameters }: Way,
	items: IDataObject[],
	kill: { calls: number; stored: Stored },
	options: IDataObject = {},
): Promise<{ outcome: Outcome; before: number }> {
	const chosen = { recipientId: '={{ $json.to }}', ...(await parameters(inbox)) } as IDataObject;
	const execution = await inbox.kill(
		kill.calls,
		async (more) => await inbox.run('message', operation, chosen, { items, ...more }),
	);
	const before = await countOf(inbox);
	const changed = { ...chosen, options: { ...(chosen.options as IDataObject), ...options } };
	const outcome = await inbox.run('message', operation, changed, {
		items,
		stored: execution[STORED[kill.stored]],
		continueOnFail: true,
	});
	return { outcome, before };
}

const stages = Object.keys(STORED) as Stored[];
const upTo = (calls: number) =>
	stages.flatMap((stored) => Array.from({ length: calls + 1 }, (_, call) => ({ calls: call, stored })));

const TEXTS: Record<string, Way> = {
	sendText: { operation: 'sendText', parameters: () => ({ text: '={{ $json.text }}' }) },
	sendQuickReplies: {
		operation: 'sendQuickReplies',
		parameters: () => ({ text: '={{ $json.text }}', quickReplies: { reply: [{ title: 'Yes', payload: 'YES' }] } }),
	},
};

describe.each(Object.entries(TEXTS))('%s, killed between any two calls', (_name, way) => {
	it('is finished by a retry: each text arrives once, and those that had gone out say so', async () => {
		const kills = upTo(4);
		const drills = await Promise.all(
			kills.map(
				async (kill) =>
					await withInbox(async (inbox, [one, two]) => {
						const items = [
							{ to: one, text: 'Hi' },
							{ to: two, text: 'Hi' },
							{ to: one, text: 'Hi' },
							{ to: one, text: 'Bye' },
						];
						const { before, outcome } = await drill(inbox, way, items, kill);
						const texts = await Promise.all(CUSTOMERS.map(async (customer) => await received(inbox, customer)));
						const ids = texts.flat().map(({ mid }) => mid as string);
						return {
							before,
							texts: texts.map((list) => list.map(({ text }) => text as string)),
							found: outcome.all.filter(({ wasSentBefore }) => wasSentBefore).length,
							told: new Set(outcome.all.map(({ messageId }) => messageId)).size,
							areIds: outcome.all.every(({ messageId }) => ids.includes(String(messageId))),
						};
					}),
			),
		);
		expect(drills).toEqual(
			kills.map(({ calls }) => ({
				before: calls,
				texts: [['Hi', 'Hi', 'Bye'], ['Hi']],
				found: calls,
				told: 4,
				areIds: true,
			})),
		);
	});
});

it('sendText in parts, killed between any two calls, goes on where it was cut off', async () => {
	const text = `${'a'.repeat(900)} ${'b'.repeat(900)} ${'c'.repeat(900)}`;
	const way = { operation: 'sendText', parameters: () => ({ text, options: { splitLongText: true } }) };
	const kills = upTo(3);
	const drills = await Promise.all(
		kills.map(
			async (kill) =>
				await withInbox(async (inbox, [one]) => {
					const { outcome } = await drill(inbox, way, [{ to: one }], kill);
					const sent = await received(inbox, CUSTOMERS[0]);
					return {
						letters: sent.map((message) => String(message.text)[0]).join(''),
						isTold: String(outcome.json.messageIds) === sent.map(({ mid }) => mid as string).join(),
						isBefore: outcome.json.wasSentBefore === true,
					};
				}),
		),
	);
	expect(drills).toEqual(kills.map(({ calls }) => ({ letters: 'abc', isTold: true, isBefore: calls === 3 })));
});

const buttons = { button: [{ type: 'postback', title: 'Order', payload: 'ORDER' }] };
const question = (linksAs: string): Way => ({
	operation: 'sendAndWait',
	parameters: () => ({ message: 'Friday?', responseType: 'approval', options: { linksAs } }),
	items: 1,
});
/** Meta shows that something of the kind went out, and not which. */
const KINDS: Record<string, Way> = {
	sendMedia: {
		operation: 'sendMedia',
		parameters: () => ({ mediaType: 'image', source: 'url', mediaUrl: `${files.url}/bread.jpg` }),
	},
	sendSticker: { operation: 'sendSticker', parameters: () => ({}) },
	sendTemplate: {
		operation: 'sendTemplate',
		parameters: () => ({ templateType: 'button', templateText: 'What next?', buttons }),
	},
	sharePost: {
		operation: 'sharePost',
		parameters: async ({ control }) => ({
			postId: ((await control('GET', `/accounts/${BAKERY.username}/feed`)).body.media as Json[])[0].id,
		}),
	},
	'sendAndWait with buttons': question('buttons'),
	'sendAndWait with links': question('text'),
};

describe.each(Object.entries(KINDS))('%s, killed between any two calls', (_name, way) => {
	const total = way.items ?? CUSTOMERS.length;
	const run = async (kill: { calls: number; stored: Stored }, options: IDataObject = {}) =>
		await withInbox(async (inbox, people) => {
			const items = people.slice(0, total).map((to) => ({ to }));
			const { before, outcome } = await drill(inbox, way, items, kill, options);
			const unclear = outcome.all.filter(({ error }) => UNCLEAR.test(String(error)));
			return { before, after: await countOf(inbox), unclear: unclear.length, details: unclear[0]?.details };
		});

	it('is finished by a retry: nothing arrives twice, and what may have gone out says so', async () => {
		const kills = upTo(total);
		const drills = await Promise.all(kills.map(async (kill) => await run(kill)));
		expect(drills.map(({ details: _details, ...told }) => told)).toEqual(
			kills.map(({ calls }) => ({ before: calls, after: total, unclear: calls })),
		);
		for (const { details, unclear } of drills)
			if (unclear > 0) expect(details).toMatch(/When a Run Was Cut Off to Repeat/);
	});

	it('goes out again when the operator wants it so', async () => {
		expect(await run({ calls: 1, stored: 'nothing stored' }, { cutOffRun: 'repeat' })).toMatchObject({
			before: 1,
			after: total + 1,
			unclear: 0,
		});
	});
});
