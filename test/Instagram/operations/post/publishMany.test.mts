import '../../../support/quickTime.mts';
import { BAKERY, FLORIST } from '../../../sandbox/support.mts';
import { openStage, type PublishStage } from '../../../support/stages/publishStage.mts';

jest.setTimeout(60_000);

let stage: PublishStage;
afterEach(async () => await stage.close());

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ caption: `post ${index}` }));
const reels = () => ({ source: 'url', videoUrl: `${stage.files}/reel.mp4`, caption: '={{ $json.caption }}' });
const images = (more: object = {}) => ({
	source: 'url',
	imageUrl: `=${stage.files}/{{ $json.file ?? "bread.jpg" }}`,
	caption: '={{ $json.caption }}',
	...more,
});
const captions = async (account = BAKERY) => (await stage.feed(account)).map(({ caption }) => caption).reverse();
const count = async (call: string) => (await stage.calls()).filter((one) => one === call).length;

describe('many posts at once', () => {
	it('are processed side by side and go live in their order, with few looks', async () => {
		stage = await openStage({ videoProcessingMs: 15_000 });
		const single = Date.now();
		await stage.run('post', 'publishReel', { ...reels(), caption: 'single' });
		const oneMs = Date.now() - single;
		const before = (await stage.calls()).length;
		const started = Date.now();
		const { error, all } = await stage.run('post', 'publishReel', reels(), { items: rows(20) });
		expect(error).toBeUndefined();
		expect(Date.now() - started).toBeLessThan(2 * oneMs);
		expect(await captions()).toEqual(['single', ...rows(20).map(({ caption }) => caption)]);
		expect(all.map(({ caption }) => caption)).toEqual(rows(20).map(({ caption }) => caption));
		// Container, look, publish and read for each, and the looks of the first one.
		expect((await stage.calls()).length - before).toBeLessThanOrEqual(20 * 4 + 2);
	});

	it('stop at the first failure by order; what stands before it goes live, nothing behind it', async () => {
		stage = await openStage({ imageProcessingMs: 500 });
		const items = rows(6).map((row, index) => ({ ...row, ...(index === 3 ? { file: 'page.html' } : {}) }));
		const { error } = await stage.run('post', 'publishImage', images(), { items });
		expect(error?.message).toBe('Instagram could not download the media from its URL');
		expect(error?.context?.itemIndex).toBe(3);
		expect(error?.description).toContain('3 of 6 items were carried out');
		expect(await captions()).toEqual(['post 0', 'post 1', 'post 2']);
	});

	it('go on after a failure when the node is told to', async () => {
		stage = await openStage({ imageProcessingMs: 300 });
		const items = rows(4).map((row, index) => ({ ...row, ...(index === 1 ? { file: 'tall.jpg' } : {}) }));
		const { all } = await stage.run('post', 'publishImage', images(), { items, continueOnFail: true });
		expect(all.map(({ caption, error }) => caption ?? error)).toEqual([
			'post 0',
			'The shape of the image is outside what Instagram takes',
			'post 2',
			'post 3',
		]);
		expect(await captions()).toEqual(['post 0', 'post 2', 'post 3']);
	});

	it('of several accounts do not wait for each other', async () => {
		stage = await openStage();
		await stage.control('POST', '/faults', {
			method: 'POST',
			path: `^/${BAKERY.account}/media_publish$`,
			delayMs: 20_000,
		});
		const items = [
			{ caption: 'slow', of: BAKERY.username },
			{ caption: 'quick', of: FLORIST.username },
		];
		const { error, all } = await stage.run(
			'post',
			'publishImage',
			images({ account: { __rl: true, mode: 'id', value: '={{ $json.of }}' } }),
			{ items },
		);
		expect(error).toBeUndefined();
		expect(Date.parse(String(all[1].timestamp))).toBeLessThan(Date.parse(String(all[0].timestamp)) - 10_000);
		expect([await captions(), await captions(FLORIST)]).toEqual([['slow'], ['quick']]);
	});
});

describe("the account's limit", () => {
	beforeEach(async () => {
		stage = await openStage();
		await stage.control('PATCH', `/accounts/${BAKERY.username}`, { quotaTotal: 2 });
	});

	it('is not read while there is no reason', async () => {
		await stage.run('post', 'publishImage', images(), { items: rows(2) });
		expect(await count('GET /content_publishing_limit')).toBe(0);
	});

	it('is told with its figures when it is met, and what comes behind is not tried', async () => {
		const { all } = await stage.run('post', 'publishImage', images(), { items: rows(5), continueOnFail: true });
		expect(all.slice(0, 2).map(({ caption }) => caption)).toEqual(['post 0', 'post 1']);
		const limit = "The account's publishing limit for 24 hours is used up";
		expect(all.slice(2).map(({ error }) => error)).toEqual([limit, limit, limit]);
		expect(all[2].details).toMatch(/^2 of 2 posts of the last 24 hours are used\..* The container \d+ lives 24 hours/);
		expect(all[3].details).toMatch(
			/^Meta said so to an item before this one, which was therefore not tried\. Nothing was published\..* The container \d+ lives/,
		);
		expect([await count('POST /media_publish'), await count('GET /content_publishing_limit')]).toEqual([3, 1]);
		// The containers are worth something the next day.
		await stage.control('POST', '/clock', { advanceSeconds: 23 * 3600 });
		await stage.control('PATCH', `/accounts/${BAKERY.username}`, { quotaTotal: 9 });
		const containerId = /container (\d+)/.exec(String(all[4].details))?.[1];
		expect((await stage.run('post', 'publishContainer', { containerId })).error).toBeUndefined();
		expect(await captions()).toEqual(['post 0', 'post 1', 'post 4']);
	});

	it('is read once beforehand with "Stop Before the Limit", and nothing is begun in vain', async () => {
		const { all } = await stage.run('post', 'publishImage', images({ options: { stopBeforeLimit: true } }), {
			items: rows(4),
			continueOnFail: true,
		});
		expect(all.map(({ caption, error }) => caption ?? error)).toEqual([
			'post 0',
			'post 1',
			...Array(2).fill("The account's publishing limit for 24 hours is used up"),
		]);
		expect(all[3].details).toContain('2 of 2 posts of the last 24 hours are used.');
		expect([await count('POST /media'), await count('GET /content_publishing_limit')]).toEqual([2, 1]);
	});
});

describe('the calls of a post', () => {
	it.each([
		['an image', 'publishImage', () => images({ caption: '' }), 3],
		[
			'a carousel of ten',
			'publishCarousel',
			() => ({ specifyItems: 'json', itemsJson: JSON.stringify(Array(10).fill(`${stage.files}/bread.jpg`)) }),
			13,
		],
	])('of %s are close to the fewest that Meta allows', async (_name, operation, parameters, fewest) => {
		stage = await openStage({ imageProcessingMs: 0 });
		const { error } =
			operation === 'publishImage'
				? await stage.run('post', 'publishImage', parameters())
				: await stage.run('post', 'publishCarousel', parameters());
		expect(error).toBeUndefined();
		// Containers, publishing and the link; a look at the status is ours.
		expect((await stage.calls()).length).toBe(fewest + 1);
	});
});
