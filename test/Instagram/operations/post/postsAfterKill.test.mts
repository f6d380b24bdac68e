import '../../../support/quickTime.mts';
import type { IDataObject } from 'n8n-workflow';
import { isLong } from '../../../support/long.mts';
import { openStage, type Outcome, type PublishStage } from '../../../support/stages/publishStage.mts';

jest.setTimeout(180_000);

const UNCLEAR = /^It is unclear whether an earlier run published this post/;

/** How n8n had stored the execution that is retried: as it was created, or with each node's end (Save Execution Progress). */
const STORED = { 'nothing stored': 0, 'progress stored': 1 } as const;
type Stored = keyof typeof STORED;
const stages = Object.keys(STORED) as Stored[];

/** What an operation publishes, and the calls that two items take. */
type Way = {
	operation: string;
	calls: number;
	parameters: (stage: PublishStage) => IDataObject;
};

const list = ({ files }: PublishStage) => JSON.stringify([`${files}/bread.jpg`, `${files}/bread.jpg`]);
const image = ({ files }: PublishStage) => ({ source: 'url', imageUrl: `${files}/bread.jpg` });
const caption = '={{ $json.caption }}';
const WAYS: Record<string, Way> = {
	publishImage: { operation: 'publishImage', calls: 8, parameters: (stage) => ({ ...image(stage), caption }) },
	publishReel: {
		operation: 'publishReel',
		calls: 9,
		parameters: ({ files }) => ({ source: 'url', videoUrl: `${files}/reel.mp4`, caption }),
	},
	publishCarousel: {
		operation: 'publishCarousel',
		calls: 12,
		parameters: (stage) => ({ specifyItems: 'json', itemsJson: list(stage), caption }),
	},
};
/** Nothing tells one from another at Meta. */
const ALIKE: Record<string, Way> = {
	publishStory: {
		operation: 'publishStory',
		calls: 8,
		parameters: (stage) => ({ mediaType: 'image', ...image(stage) }),
	},
	'publishImage without a caption': { operation: 'publishImage', calls: 8, parameters: image },
};

const itemsOf = (captions: string[]) => captions.map((one) => ({ caption: one }));

const countIn = async (stage: PublishStage, call: string) => (await stage.calls()).filter((one) => one === call).length;
/** Stories stand in no feed. */
const publishedIn = async (stage: PublishStage) => await countIn(stage, 'POST /media_publish');

/** Publishes, is killed after some calls, and is retried. */
async function drill<T>(
	{ operation, parameters }: Way,
	items: IDataObject[],
	kill: { calls: number; stored: Stored },
	judge: (stage: PublishStage, told: { outcome: Outcome; before: number }) => Promise<T>,
	options: IDataObject = {},
): Promise<T> {
	const stage = await openStage({}, true);
	try {
		const chosen = parameters(stage);
		const execution = await stage.kill(
			kill.calls,
			async (more) => await stage.run('post', operation, chosen, { items, ...more }),
		);
		const before = await publishedIn(stage);
		const outcome = await stage.run(
			'post',
			operation,
			{ ...chosen, options },
			{ items, stored: execution[STORED[kill.stored]], continueOnFail: true },
		);
		return await judge(stage, { outcome, before });
	} finally {
		await stage.close();
	}
}

/** Every number of calls; with progress stored only in long runs, where it makes no difference but the start. */
const upTo = (calls: number, stored: Stored[] = isLong ? stages : ['nothing stored']) =>
	stored.flatMap((one) => Array.from({ length: calls + 1 }, (_, call) => ({ calls: call, stored: one })));

describe.each(Object.entries(WAYS))('%s, killed between any two calls', (_name, way) => {
	it('is finished by a retry: each post is live once, and those that were live say so', async () => {
		const kills = upTo(way.calls, way === WAYS.publishImage ? stages : undefined);
		const drills = await Promise.all(
			kills.map(
				async (kill) =>
					await drill(way, itemsOf(['one', 'two']), kill, async (stage, { before, outcome }) => {
						const feed = (await stage.feed()).reverse();
						const found = outcome.all.filter(({ wasPublishedBefore }) => wasPublishedBefore);
						return {
							captions: feed.map((post) => post.caption as string),
							ids: outcome.all.map(({ id }) => id === feed.find(({ id: live }) => live === id)?.id),
							links: outcome.all.every(({ permalink }) => typeof permalink === 'string'),
							areFound: found.length === before,
							before,
						};
					}),
			),
		);
		expect(drills.map(({ before: _before, ...told }) => told)).toEqual(
			kills.map(() => ({ captions: ['one', 'two'], ids: [true, true], links: true, areFound: true })),
		);
		expect(new Set(drills.map(({ before }) => before))).toEqual(new Set([0, 1, 2]));
	});
});

it('two posts of the same caption stand for one item each', async () => {
	const kills = upTo(WAYS.publishImage.calls);
	const drills = await Promise.all(
		kills.map(
			async (kill) =>
				await drill(WAYS.publishImage, itemsOf(['same', 'same']), kill, async (stage, { outcome }) => [
					(await stage.feed()).length,
					new Set(outcome.all.map(({ id }) => id)).size,
				]),
		),
	);
	expect(drills).toEqual(kills.map(() => [2, 2]));
});

describe.each(Object.entries(ALIKE))('%s, killed between any two calls', (_name, way) => {
	it('is not published twice by a retry: where a post may be the one, no item is published, and says so', async () => {
		const kills = upTo(way.calls);
		const drills = await Promise.all(
			kills.map(
				async (kill) =>
					await drill(way, itemsOf(['', '']), kill, async (stage, { before, outcome }) => ({
						before,
						live: await publishedIn(stage),
						unclear: outcome.all.filter(({ error }) => UNCLEAR.test(String(error))).length,
					})),
			),
		);
		expect(drills).toEqual(
			drills.map(({ before }) => ({ before, live: before === 0 ? 2 : before, unclear: before === 0 ? 0 : 2 })),
		);
		expect(new Set(drills.map(({ before }) => before))).toEqual(new Set([0, 1, 2]));
	});

	it('is published again when the operator wants it so', async () => {
		const live = await drill(way, itemsOf(['']), { calls: 4, stored: 'nothing stored' }, publishedIn, {
			cutOffRun: 'repeat',
		});
		expect(live).toBe(2);
	});
});

it('a retry of a failed execution, killed between any two calls, leaves one post with its ID to the next', async () => {
	for (const calls of [0, 1, 2, 3]) {
		const stage = await openStage({}, true);
		const run = async (more: object) =>
			await stage.run('post', 'publishImage', { ...image(stage), caption: 'Bread' }, more);
		await stage.control('POST', '/faults', {
			path: '/media_publish$',
			method: 'POST',
			status: 400,
			error: { code: 200 },
		});
		const saves: string[] = [];
		await run({ saves });
		const [stored] = await stage.kill(calls, async (more) => await run({ ...more, stored: saves.at(-1) }));
		const { error, json } = await run({ stored });
		const feed = await stage.feed();
		expect([calls, error, feed.map(({ id }) => id as string)]).toEqual([calls, undefined, [json.id]]);
		await stage.close();
	}
});

it('a look costs one call for all items of an account', async () => {
	const counts = await drill(
		WAYS.publishImage,
		itemsOf(['one', 'two', 'three']),
		{ calls: 0, stored: 'nothing stored' },
		async (stage) => [
			await countIn(stage, 'GET /media'),
			await countIn(stage, 'POST /media'),
			(await stage.feed()).length,
		],
	);
	expect(counts).toEqual([1, 3, 3]);
});
