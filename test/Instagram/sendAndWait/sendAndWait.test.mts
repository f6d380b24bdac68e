import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { waitTill } from '../../../nodes/Instagram/operations/message/shared/waiting.ts';
import { confirmPage, formPage } from '../../../nodes/Instagram/sendAndWait/pages.ts';
import { openInbox, type Inbox } from '../../support/stages/inbox.mts';
import { run } from '../../support/parameters.mts';

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
});
afterEach(async () => await inbox.close());

const ask = async (more: object, with_ = inbox.run) =>
	await with_('message', 'sendAndWait', {
		recipientId: inbox.person,
		message: 'Friday?',
		responseType: 'approval',
		options: {},
		...more,
	});
const answers = async () => (await inbox.seen()).filter(({ from }) => from === 'account');
const limit = (values: object) => ({ limitWaitTime: { values } });

describe('the question', () => {
	it('has a button for each answer, whose addresses n8n has signed, with either login', async () => {
		for (const with_ of [inbox.run, inbox.runAsInstagram]) {
			const { error } = await ask(
				{ approvalOptions: { values: { approvalType: 'double', disapproveLabel: 'Nej' } } },
				with_,
			);
			expect(error).toBeUndefined();
			const { text, buttons } = (await answers()).at(-1)?.attachments[0].payload;
			expect(text).toBe('Friday?');
			const read = buttons.map(({ title, url }: { title: string; url: string }) => [title, new URL(url)] as const);
			expect(read.map(([title, { searchParams }]: [string, URL]) => [title, searchParams.get('approved')])).toEqual([
				['Nej', 'false'],
				['Approve', 'true'],
			]);
			const signatures = new Set(read.map(([, { searchParams }]: [string, URL]) => searchParams.get('signature')));
			expect([...signatures]).toEqual([
				expect.stringMatching(/^[0-9a-f]{64}$/),
				expect.stringMatching(/^[0-9a-f]{64}$/),
			]);
		}
	});

	it('goes out as a text where links are wanted in it', async () => {
		await ask({ responseType: 'freeText', options: { linksAs: 'text' } });
		expect((await answers()).at(-1)?.text).toMatch(
			/^Friday\?\n\nRespond: https:\/\/n8n\.test\/webhook-waiting\/\S+signature=[0-9a-f]{64}$/,
		);
	});

	it.each<[string, object, string]>([
		[
			'a limit that has passed',
			{ options: limit({ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00Z' }) },
			'The limit of the wait time has passed already',
		],
		[
			'a limit that is no date',
			{ options: limit({ limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' }) },
			'The limit of the wait time is no date',
		],
		[
			'a text that no template takes',
			{ message: 'x'.repeat(641) },
			'The message has 641 characters; with buttons Instagram takes at most 640',
		],
		[
			'a label that no button takes',
			{ approvalOptions: { values: { approveLabel: 'x'.repeat(21) } } },
			'The title of a button has 21 characters; Instagram takes at most 20',
		],
		['a text that no message takes', { message: 'x'.repeat(990), options: { linksAs: 'text' } }, 'The text has '],
	])('is not sent with %s', async (_name, more, message) => {
		const { error } = await ask(more);
		expect(error?.message).toContain(message);
		expect(await answers()).toEqual([]);
	});

	it('is not sent for several items, since an execution waits for one answer', async () => {
		const { error } = await run(
			'message',
			'sendAndWait',
			{ recipientId: inbox.person, message: 'Friday?' },
			{ items: [{}, {}] },
		);
		expect(error?.message).toBe('There are 2 items, and an execution can wait for one answer at a time');
	});
});

describe('the time limit', () => {
	const now = Date.parse('2026-11-21T10:00:00Z');
	const till = (options: object) => waitTill({ fail: (message) => new Error(message) as never }, options as never, now);

	it.each([
		[{ resumeAmount: 90, resumeUnit: 'minutes' }, '2026-11-21T11:30:00.000Z'],
		[{ limitType: 'afterTimeInterval', resumeAmount: 0.5, resumeUnit: 'hours' }, '2026-11-21T10:30:00.000Z'],
		[{ limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'days' }, '2026-11-23T10:00:00.000Z'],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: '2026-12-24T18:00:00+01:00' }, '2026-12-24T17:00:00.000Z'],
	])('%j ends at %s', (values, end) => {
		expect(till(limit(values)).toISOString()).toBe(end);
	});

	it("is n8n's never when there is none", () => {
		expect(till({})).toBe(WAIT_INDEFINITELY);
	});
});

describe('the pages', () => {
	const hostile = `"><script>alert('1')</script>&amp;`;

	it('show what operators and expressions give as text', () => {
		for (const html of [
			confirmPage(hostile, hostile),
			formPage({ title: hostile, description: hostile, button: hostile }),
		]) {
			expect(html).not.toContain('<script');
			expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;');
		}
	});
});
