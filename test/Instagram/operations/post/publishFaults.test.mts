import '../../../support/quickTime.mts';
import { openBinaryStore, type BinaryStore } from '../../../support/binaryStore.mts';
import { film } from '../../../support/mp4.mts';
import { openStage, type Outcome, type PublishStage } from '../../../support/stages/publishStage.mts';
import { ERRORS, STATUS_ERRORS } from './publishErrors.mts';

jest.setTimeout(120_000);

let store: BinaryStore;
beforeAll(async () => {
	store = await openBinaryStore();
});
afterAll(async () => await store.close());

type Kind = 'carousel' | 'image' | 'reel';
type Publish = (stage: PublishStage) => Promise<Outcome>;
const caption = 'Bread';
/** A post of each kind: a picture by its address, a video of the workflow, and three items of which one is a video. */
const PUBLISH: Record<Kind, Publish> = {
	image: async (stage) =>
		await stage.run('post', 'publishImage', {
			source: 'url',
			imageUrl: `${stage.files}/bread.jpg`,
			caption,
			options: { stopBeforeLimit: true },
		}),
	reel: async (stage) =>
		await stage.run(
			'post',
			'publishReel',
			{ source: 'binary', caption },
			{ binary: [{ data: await store.store(film({ size: 300_000 }), 'video/mp4') }] },
		),
	carousel: async (stage) => {
		const itemsJson = JSON.stringify([
			`${stage.files}/bread.jpg`,
			{ video_url: `${stage.files}/reel.mp4` },
			`${stage.files}/bread.jpg`,
		]);
		return await stage.run('post', 'publishCarousel', { specifyItems: 'json', itemsJson, caption });
	},
};

const CREATE = { method: 'POST', path: '/media$' };
const STATUS = { method: 'GET', path: '^/178\\d+$' };
const UPLOAD = { method: 'POST', path: '^/ig-api-upload/' };

/** One call on the way to a post: which of the matching calls it is, counted from 0, and what has to happen for it to be made. */
type Call = { call: object; after?: number; kind?: Kind; first?: object };
const STEPS = {
	limit: { call: { method: 'GET', path: '/content_publishing_limit$' } },
	create: { call: CREATE },
	child: { call: CREATE, after: 1, kind: 'carousel' },
	childStatus: { call: STATUS, kind: 'carousel' },
	album: { call: CREATE, after: 3, kind: 'carousel' },
	upload: { call: UPLOAD, kind: 'reel' },
	progress: { call: STATUS, kind: 'reel', first: { ...UPLOAD, afterBytes: 100_000 } },
	status: { call: STATUS },
	publish: { call: { method: 'POST', path: '/media_publish$' } },
	read: { call: { method: 'GET', path: '^/179\\d+$' } },
} satisfies Record<string, Call>;
type Step = keyof typeof STEPS;

/** Publishes while one call of a step fails in a way. `posts` is what is live afterwards. */
async function drill(step: Step, fault: object, chosen?: Kind) {
	const { after = 0, call, first, kind = 'image' }: Call = STEPS[step];
	const stage = await openStage({ videoProcessingMs: 0 });
	try {
		if (first) await stage.control('POST', '/faults', first);
		// Calls before the one that fails are only counted.
		if (after > 0) await stage.control('POST', '/faults', { ...call, times: after, delayMs: 1 });
		await stage.control('POST', '/faults', { ...call, ...fault });
		const { error, json } = await PUBLISH[chosen ?? kind](stage);
		const live = await stage.feed();
		const left = error?.context?.containerId;
		return {
			left,
			message: error?.message,
			description: error?.description ?? '',
			posts: live.length,
			isFound: live.length === 1 && live[0].id === json?.id,
			containers: (await stage.calls()).filter((call) => call === 'POST /media').length,
		};
	} finally {
		await stage.close();
	}
}

const failing = (code: number, subcode?: number, more: object = {}) => ({
	status: 400,
	error: { code, ...(subcode ? { error_subcode: subcode } : {}), ...more },
});
const named = ([code, subcode]: (typeof ERRORS)[number]) => `${code}/${subcode ?? ''}`;

describe.each<Step>(['limit', 'create', 'child', 'childStatus', 'album', 'progress', 'status', 'publish'])(
	'each error of Meta, met once at the step: %s',
	(step) => {
		it('ends in one post or none, and is told in plain words', async () => {
			const outcomes = await Promise.all(
				ERRORS.map(async (row) => {
					const [code, subcode, reaction, message] = row;
					const { posts, ...told } = await drill(step, failing(code, subcode));
					// What may pass is tried again without a word, and too many calls after a wait; anything else is said once.
					const expected =
						reaction === 'again' || reaction === 'waits' ? { posts: 1, message: undefined } : { posts: 0, message };
					const isNamed = /The container \d+ lives 24 hours/.test(told.description);
					return {
						error: named(row),
						isRight:
							posts === expected.posts &&
							told.message === expected.message &&
							(posts === 1 ? told.isFound : told.description !== ''),
						isNamed,
						posts,
						message: told.message,
					};
				}),
			);
			expect(outcomes.filter(({ isRight }) => !isRight)).toEqual([]);
			// Whoever has a container in hand is told how to go on with it, unless Meta said that it is dead.
			const unnamed = outcomes.filter(({ isNamed, posts }) => posts === 0 && !isNamed).map(({ error }) => error);
			const hasContainer = step === 'status' || step === 'publish';
			expect(unnamed.sort()).toEqual(
				!hasContainer
					? outcomes
							.filter(({ posts }) => posts === 0)
							.map(({ error }) => error)
							.sort()
					: ['-2/2207020', '24/2207006'],
			);
		});
	},
);

it('an error at the last step, the link, costs nothing but the link', async () => {
	const outcomes = await Promise.all(
		ERRORS.map(async ([code, subcode]) => await drill('read', failing(code, subcode))),
	);
	expect(outcomes.map(({ isFound, message, posts }) => [message, posts, isFound])).toEqual(
		Array(ERRORS.length).fill([undefined, 1, true]),
	);
});

const isOnce = ({ isFound, message, posts }: Awaited<ReturnType<typeof drill>>) => [message, posts, isFound];
const ONCE = [undefined, 1, true];

describe('a lost answer', () => {
	it.each(Object.keys(STEPS) as Step[])(
		'at the step "%s" ends in exactly one post, whether the call took effect or not',
		async (step) => {
			const { kind }: Call = STEPS[step];
			for (const chosen of kind
				? [kind]
				: step === 'limit'
					? ['image' as const]
					: (['image', 'reel', 'carousel'] as const)) {
				const outcomes = await Promise.all(
					['before', 'after'].map(async (reset) => await drill(step, { reset }, chosen)),
				);
				expect([chosen, ...outcomes.map(isOnce)]).toEqual([chosen, ONCE, ONCE]);
			}
		},
	);

	it.each([{ status: 500 }, { status: 502 }, { delayMs: 1500 }])("or one that is not Meta's: %j", async (fault) => {
		const steps = (Object.keys(STEPS) as Step[]).filter((step) => step !== 'upload');
		const outcomes = await Promise.all(steps.map(async (step) => [step, ...isOnce(await drill(step, fault))]));
		expect(outcomes).toEqual(steps.map((step) => [step, ...ONCE]));
	});
});

describe('the upload of a video', () => {
	it.each<[what: string, fault: object]>([
		['cut at its first byte', { afterBytes: 1 }],
		['cut in the middle', { afterBytes: 150_000 }],
		['cut at its last byte', { afterBytes: 299_999 }],
		['cut three times', { afterBytes: 80_000, times: 3 }],
		['answered with a fault of Meta', { status: 500, error: { code: 1, message: 'Request processing failed' } }],
		['answered with a fault that may pass', { status: 400, error: { code: 1, is_transient: true } }],
	])('%s: the post is live once', async (_what, fault) => {
		const outcome = await drill('upload', fault);
		expect([...isOnce(outcome), outcome.containers]).toEqual([...ONCE, 1]);
	});

	it('refused for good: one message, no post, and no container that somebody could go on with', async () => {
		const outcome = await drill('upload', { status: 400, error: { code: 1, message: 'unauthorized user request' } });
		expect(outcome).toMatchObject({ message: 'Meta did not take the video', posts: 0, containers: 1, left: undefined });
		expect(outcome.description).toBe(
			'Nothing was published. Meta says: "unauthorized user request" (HTTP 400, ProcessingFailedError). Check the file, and run the step again.',
		);
	});
});

it('an error in the status of a container is told once, with its number; nothing is published', async () => {
	const outcomes = await Promise.all(
		STATUS_ERRORS.map(async ([number]) => {
			const stage = await openStage({ imageProcessingMs: 1500 });
			try {
				const { containers } = stage.sandbox.world;
				const running = PUBLISH.image(stage);
				while (containers.size === 0) await new Promise((done) => setTimeout(done, 10));
				for (const container of containers.values()) container.failureSubcode = number;
				const { error } = await running;
				const isTold =
					/^Nothing was published\. .*\. Meta says: ".*\d.*" \(\d+\)\. Run the step again, which makes a new container\.$/.test(
						error?.description ?? '',
					);
				return [
					number,
					error?.message,
					isTold && String(error?.description).includes(`(${number})`),
					(await stage.feed()).length,
				];
			} finally {
				await stage.close();
			}
		}),
	);
	expect(outcomes).toEqual(STATUS_ERRORS.map(([number, message]) => [number, message, true, 0]));
});

describe('an error that stays', () => {
	it.each<[Step, number, string, number]>([
		['create', 2, 'Meta is temporarily unavailable', 3],
		['status', 2, 'Meta is temporarily unavailable', 1],
		['publish', 2, 'Meta is temporarily unavailable', 1],
	])('at the step "%s" is told after a few tries', async (step, code, message, containers) => {
		const outcome = await drill(step, { ...failing(code), times: 50 });
		expect(outcome).toMatchObject({ message, posts: 0, containers });
	});
});
