import type { Stage } from '../../sandbox/demo/stage.mts';
import { ACCOUNT, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(120_000);

type Row = Record<string, unknown>;

describe('the examples of content, on a real n8n against the sandbox', () => {
	let stage: Stage;

	const post = async (body: object) =>
		(await stage.control.call<{ id: string }>('POST', `/accounts/${ACCOUNT}/posts`, body)).id;
	const comment = async (mediaId: string, text: string, customer: string) =>
		(
			await stage.control.call<{ id: string }>('POST', `/customers/${customer}/comments`, {
				account: ACCOUNT,
				mediaId,
				text,
			})
		).id;

	beforeAll(async () => {
		stage = await openStage();
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('hides comments with links and thanks for the others', async () => {
		const { id } = await stage.importExample('moderate-comments.json', await stage.connect());
		await stage.client.workflows.activate(id);
		const mediaId = await post({ caption: 'Rye' });
		const spam = await comment(mediaId, 'Cheap bread at https://spam.example', 'customer_one');
		const kind = await comment(mediaId, 'So good!', 'customer_two');
		const { comments } = stage.sandbox.world;
		const answer = await stage.control.until('the thank-you', async () =>
			[...comments.values()].find(({ parent }) => parent?.id === kind),
		);
		expect(answer.text).toBe('@customer_two thank you!');
		await stage.control.until('the hidden comment', async () => (comments.get(spam)?.hidden ? true : undefined));
		expect(comments.get(kind)?.hidden).toBe(false);
		// The account's own answer comes as a comment, too, and starts nothing.
		expect(await settledExecutions(stage, id)).toBe(2);
		expect([...comments.values()].filter(({ parent }) => parent)).toHaveLength(1);
		await stage.client.workflows.deactivate(id);
	});

	it('answers mentions that are questions, in captions and comments', async () => {
		const { id } = await stage.importExample('answer-mentions.json', await stage.connect('For mentions'));
		await stage.client.workflows.activate(id);
		const write = async (caption: string, customer: string) =>
			(await stage.control.call<{ id: string }>('POST', `/customers/${customer}/posts`, { caption })).id;
		await write(`Lunch by @${ACCOUNT}`, 'customer_one');
		const asked = await write(`@${ACCOUNT}, are you open on Sunday?`, 'customer_two');
		const inComment = await comment(asked, `And on Monday, @${ACCOUNT}?`, 'customer_three');
		const { publicComments } = stage.sandbox.world;
		const answers = () => [...publicComments.values()].filter(({ from }) => from.kind === 'account');
		await stage.control.until('both answers', async () => (answers().length >= 2 ? true : undefined));
		expect(publicComments.get(inComment)).toBeDefined();
		expect(answers().map(({ text, post: { id: below } }) => [text, below])).toEqual(
			Array(2).fill(['Thanks for asking! Write us a message and we will help.', asked]),
		);
		expect(await settledExecutions(stage, id)).toBe(3);
		await stage.client.workflows.deactivate(id);
	});

	it('makes spreadsheets of the numbers of the account and its posts', async () => {
		const reel = await post({ caption: 'How we knead', type: 'reel' });
		const { id } = await stage.importExample(
			'report-insights.json',
			await stage.connect('For reports', { defaultAccount: `@${ACCOUNT}` }),
		);
		await stage.client.executions.run(id, { trigger: 'Every Monday' });
		const { data } = await stage.client.executions.waitFor(id);
		const output = (name: string) => data.resultData.runData[name][0].data?.main?.[0] ?? [];
		const rows = (name: string): Row[] => output(name).map(({ json }) => json as Row);
		const account = rows('Numbers of the account');
		expect(account).toHaveLength(5 * 7);
		expect(new Set(account.map(({ metric, since }) => `${String(metric)} ${String(since)}`)).size).toBe(5 * 7);
		expect(account.every(({ value, note }) => Number.isInteger(value) && note === null)).toBe(true);
		const ofReel = rows('Numbers of each post').filter(({ postId }) => postId === reel);
		expect(ofReel.map(({ metric }) => metric)).toEqual(
			expect.arrayContaining(['ig_reels_avg_watch_time', 'likes', 'reach', 'views']),
		);
		for (const [name, file] of [
			['Account as CSV', 'account.csv'],
			['Posts as CSV', 'posts.csv'],
		]) {
			expect(output(name)).toHaveLength(1);
			expect(output(name)[0].binary).toMatchObject({ data: { fileName: file, mimeType: 'text/csv' } });
		}
	});
});
