import '../../support/quickTime.mts';
import type { IDataObject } from 'n8n-workflow';
import type { RunOptions } from '../../support/runNode.mts';
import { openInbox, type Inbox, type Outcome } from '../../support/stages/inbox.mts';
import { operationOf } from '../../support/parameters.mts';

jest.setTimeout(120_000);

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox({ isMortal: true });
});
afterEach(async () => await inbox.close());

const LONG = `${'a'.repeat(900)} ${'b'.repeat(900)} ${'c'.repeat(900)}`;
const fault = async (more: object) =>
	await inbox.control('POST', '/faults', { path: '/messages$', method: 'POST', ...more });
const refused = { status: 400, error: { code: 10, error_subcode: 2534022 } };
/** First letters of what the customer got. */
const letters = async () =>
	(await inbox.seen())
		.filter(({ from }) => from === 'account')
		.map(({ text }) => String(text)[0])
		.join('');

type Texts = { items?: IDataObject[]; parameters?: IDataObject } & Partial<RunOptions>;
const chosen = (more: IDataObject = {}) => ({ recipientId: inbox.person, text: '={{ $json.text }}', ...more });

/** Sends texts, and tells what n8n has stored when the execution is over. */
async function send({ parameters, ...more }: Texts): Promise<Outcome & { stored: string }> {
	const saves: string[] = [];
	const outcome = await inbox.run('message', 'sendText', chosen(parameters), { saves, ...more });
	return { ...outcome, stored: saves.at(-1) ?? '' };
}
const killed = async (calls: number, { parameters, ...more }: Texts): Promise<string> =>
	(
		await inbox.kill(
			calls,
			async (kill) => await inbox.run('message', 'sendText', chosen(parameters), { ...more, ...kill }),
		)
	)[0];
const abc = ['a', 'b', 'c'].map((text) => ({ text }));

describe('what an execution left unclear', () => {
	const WAYS = {
		'a text': { parameters: {}, items: [{ text: 'a' }], skip: 0, whole: 'a', cut: '' },
		'a text in parts': {
			parameters: { text: LONG, options: { splitLongText: true } },
			items: [{}],
			skip: 1,
			whole: 'abc',
			cut: 'a',
		},
		'the first part of a text': {
			parameters: { text: LONG, options: { splitLongText: true } },
			items: [{}],
			skip: 0,
			whole: 'abc',
			cut: '',
		},
	};

	describe.each(Object.entries(WAYS))('%s', (_name, { cut, items, parameters, skip, whole }) => {
		it('is not repeated in the same execution, and goes out by a retry if it is missing', async () => {
			await fault({ skip, reset: 'before' });
			const first = await send({
				parameters,
				items,
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
			});
			expect(first.error?.message).toBe('No answer came from Meta');
			expect(await letters()).toBe(cut);
			const { error } = await send({ parameters, items, stored: first.stored });
			expect([error, await letters()]).toEqual([undefined, whole]);
		});

		it('is found by a retry if it had gone out', async () => {
			await fault({ skip, reset: 'after' });
			const first = await send({
				parameters,
				items,
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
			});
			expect(first.error?.message).toBe('No answer came from Meta');
			const { error } = await send({ parameters, items, stored: first.stored });
			expect([error, await letters()]).toEqual([undefined, whole]);
		});

		it('stays unclear, in words, as long as Meta cannot be asked', async () => {
			await fault({ skip, reset: 'after' });
			const { stored } = await send({ parameters, items });
			const before = await letters();
			await inbox.control('POST', '/faults', { path: '/conversations$', times: 2, status: 403, error: { code: 200 } });
			const second = await send({ parameters, items, stored });
			const third = await send({ parameters, items, stored: second.stored });
			for (const { error } of [second, third]) {
				expect(error?.message).toBe('It is unclear whether an earlier run sent this message, so it was not sent again');
				expect(error?.description).toContain('Meta could not be asked: The login has no permission for this.');
			}
			expect(await letters()).toBe(before);
			const { error } = await send({ parameters, items, stored: third.stored });
			expect([error, await letters()]).toEqual([undefined, whole]);
		});
	});
});

describe('a retry that is killed as well', () => {
	it('leaves behind what the next one finds, wherever either of them was cut off', async () => {
		for (const [first, second] of [
			[0, 2],
			[1, 2],
			[1, 3],
			[2, 2],
		]) {
			await inbox.close();
			inbox = await openInbox({ isMortal: true });
			const stored = await killed(first, { items: abc });
			const again = await killed(second, { items: abc, stored });
			const { all, error } = await send({ items: abc, stored: again });
			expect([first, second, error, all.length, await letters()]).toEqual([first, second, undefined, 3, 'abc']);
		}
	});

	it('counts behind an execution that ended in order, whose notes it makes old', async () => {
		await fault({ skip: 1, ...refused });
		const first = await send({ items: abc });
		expect(await letters()).toBe('a');
		// A look, and then "b".
		const second = await killed(2, { items: abc, stored: first.stored });
		expect(await letters()).toBe('ab');
		const { all, error } = await send({ items: abc, stored: second });
		expect([error, all.map(({ wasSentBefore }) => wasSentBefore), await letters()]).toEqual([
			undefined,
			[undefined, true, undefined],
			'abc',
		]);
	});

	it.each([
		['an empty text', { parameters: { text: '={{ $json.nothing }}' } }],
		['a person that the expression does not give', { parameters: { recipientId: '={{ $json.nobody }}' } }],
	])('and one that fails before it could look (%s) takes nothing for settled', async (_name, wrong) => {
		const stored = await killed(2, { items: abc });
		const failed = await send({ items: abc, stored, ...wrong });
		expect(failed.error).toBeDefined();
		const { error } = await send({ items: abc, stored: failed.stored });
		expect([error, await letters()]).toEqual([undefined, 'abc']);
	});

	it('does not repeat in itself what became unclear in it', async () => {
		const stored = await killed(1, { items: abc });
		await fault({ reset: 'after' });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const second = await send({ items: abc, stored, settings });
		expect([second.error?.message, await letters()]).toEqual(['No answer came from Meta', 'ab']);
		const { error } = await send({ items: abc, stored: second.stored, settings });
		expect([error, await letters()]).toEqual([undefined, 'abc']);
	});
});

it('two nodes that send the same text to the same person stand for a message each', async () => {
	const behind = operationOf('message', 'sendText', {
		authentication: 'instagramFacebookLoginOAuth2Api',
		...chosen({ text: 'Hi' }),
	});
	for (const calls of [0, 1, 2]) {
		await inbox.close();
		inbox = await openInbox({ isMortal: true });
		const to = { recipientId: inbox.person };
		const options = { behind: { ...behind, ...to }, parameters: { text: 'Hi' }, items: [{}] };
		const stored = await killed(calls, options);
		const { error } = await send({ ...options, stored });
		expect([calls, error, await letters()]).toEqual([calls, undefined, 'HH']);
	}
});

it('what another node of the execution has just sent is not taken for what was refused', async () => {
	const sticker = { recipientId: inbox.person };
	const behind = operationOf('message', 'sendSticker', {
		authentication: 'instagramFacebookLoginOAuth2Api',
		...sticker,
	});
	await fault({ skip: 1, ...refused });
	const saves: string[] = [];
	await inbox.run('message', 'sendSticker', sticker, { behind, saves });
	const sent = async () => (await inbox.seen()).filter(({ from }) => from === 'account').length;
	expect(await sent()).toBe(1);
	await inbox.run('message', 'sendSticker', sticker, { behind, stored: saves.at(-1) });
	expect(await sent()).toBe(2);
});

it('with Instagram Login, a retry looks as well', async () => {
	const run = async (more: Partial<RunOptions>) =>
		await inbox.runAsInstagram('message', 'sendText', chosen(), { items: abc, ...more });
	const [stored] = await inbox.kill(2, run);
	const { all, error } = await run({ stored });
	expect([error, all.map(({ wasSentBefore }) => wasSentBefore), await letters()]).toEqual([
		undefined,
		[true, true, undefined],
		'abc',
	]);
});

it('an execution that nobody retries looks for nothing', async () => {
	await send({ items: abc });
	expect((await inbox.calls()).filter((call) => call.includes('conversations'))).toEqual([]);
});
