import '../../../support/quickTime.mts';
import { openBinaryStore, type BinaryStore } from '../../../support/binaryStore.mts';
import { film } from '../../../support/mp4.mts';
import { openStage, type Outcome, type PublishStage } from '../../../support/stages/publishStage.mts';

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

type Reaction = 'later' | 'never' | 'again' | 'waits';

/** Meta's errors of publishing, of limits and of everything, what the reader is told, and whether another try may help. */
const ERRORS: Array<[code: number, subcode: number | undefined, reaction: Reaction, message: string]> = [
	[-2, 2207003, 'again', 'Instagram took too long to download the media'],
	[-2, 2207020, 'never', 'The media has expired'],
	[-1, 2207001, 'again', 'Instagram failed while working on the media'],
	[-1, 2207032, 'again', 'Instagram failed while working on the media'],
	[-1, 2207053, 'never', 'Instagram could not take the video'],
	[-1, 2207073, 'never', 'Meta cannot delete this kind of post'],
	[1, 2207057, 'never', 'The thumbnail offset lies outside the video'],
	[4, 2207051, 'later', 'Instagram held this action back as possible spam'],
	[9, 2207042, 'later', "The account's publishing limit for 24 hours is used up"],
	[24, 2207006, 'never', 'The media does not exist (any more) for this login'],
	[24, 2207008, 'again', 'The media container is not available at the moment'],
	[25, 2207050, 'never', 'The Instagram account is restricted'],
	[100, 2207018, 'never', 'A user tag or a collaborator cannot be used'],
	[100, 2207023, 'never', 'Instagram does not know this kind of media'],
	[100, 2207028, 'never', 'A carousel needs 2 to 10 items'],
	[100, 2207035, 'never', 'Product tags on videos have no position'],
	[100, 2207036, 'never', 'Product tags on images need a position'],
	[100, 2207037, 'never', 'A product cannot be tagged'],
	[100, 2207040, 'never', 'The caption has too many @mentions or hashtags'],
	[352, 2207026, 'never', 'Instagram does not take this video format'],
	[9004, 2207052, 'never', 'Instagram could not download the media from its URL'],
	[9007, 2207027, 'again', 'Instagram has not finished processing the media'],
	[36000, 2207004, 'never', 'The image is larger than 8 MB'],
	[36001, 2207005, 'never', 'Instagram takes JPEG images only'],
	[36003, 2207009, 'never', 'The shape of the image is outside what Instagram takes'],
	[36004, 2207010, 'never', 'The caption is too long'],
	[4, undefined, 'waits', 'The Meta app reached its call limit'],
	[17, undefined, 'waits', 'This login reached its call limit'],
	[32, undefined, 'waits', 'The Page reached its call limit'],
	[613, undefined, 'waits', 'Meta limits the rate of this call'],
	[613, 1996, 'waits', 'Meta limits the rate of this call'],
	[613, 2534040, 'waits', 'Meta limits the rate of this call'],
	[80001, undefined, 'waits', 'The Page reached its call limit'],
	[80002, undefined, 'waits', 'The Instagram account reached its call limit'],
	[80006, undefined, 'waits', 'The account reached its messaging limit'],
	[341, undefined, 'waits', 'A limit of the Meta app was reached'],
	[368, undefined, 'later', 'Meta blocked this action because of its policies'],
	[1, undefined, 'again', 'Meta had an unknown error'],
	[2, undefined, 'again', 'Meta is temporarily unavailable'],
	[3, undefined, 'never', 'The Meta app lacks the capability for this call'],
	[10, undefined, 'never', 'The login lacks a permission for this call'],
	[100, undefined, 'never', 'Meta refused a value of this request'],
	[100, 33, 'never', 'Meta does not know this ID, or this login may not see it'],
	[102, undefined, 'never', 'The login session has ended'],
	[190, undefined, 'never', 'Meta does not accept this access token'],
	[190, 458, 'never', 'The Meta app was removed from this login'],
	[190, 459, 'never', 'Meta asks this person to confirm their identity'],
	[190, 460, 'never', 'The login ended because the password was changed'],
	[190, 463, 'never', 'The login has expired'],
	[190, 464, 'never', 'The Facebook account of this login is not confirmed'],
	[190, 467, 'never', 'The login is no longer valid'],
	[190, 492, 'never', 'This login lost its role on the Facebook Page'],
	[200, undefined, 'never', 'The login has no permission for this'],
	[275, undefined, 'never', 'The login has no permission for this'],
	[299, undefined, 'never', 'The login has no permission for this'],
	[506, undefined, 'never', 'Meta takes this for a repetition of what was posted just before'],
	[803, undefined, 'never', 'Meta does not know this ID'],
	[2500, undefined, 'never', 'Meta received no usable access token'],
];

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

/** Errors that Meta tells in the status of a container. */
const STATUS_ERRORS: Array<[number: number, message: string]> = [
	[2207001, 'Instagram failed while working on the media'],
	[2207003, 'Instagram took too long to download the media'],
	[2207004, 'The image is larger than 8 MB'],
	[2207005, 'Instagram takes JPEG images only'],
	[2207009, 'The shape of the image is outside what Instagram takes'],
	[2207020, 'The media has expired'],
	[2207026, 'Instagram does not take this video format'],
	[2207032, 'Instagram failed while working on the media'],
	[2207052, 'Instagram could not download the media from its URL'],
	[2207053, 'Instagram could not take the video'],
	[2207057, 'The thumbnail offset lies outside the video'],
	[2207076, 'Instagram could not process the video'],
	[2207077, 'Instagram could not download the video from its URL'],
	[2207082, 'Instagram could not process the media'],
	[2207085, 'Instagram could not process the video'],
	[2207089, 'Instagram could not process the media'],
];

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
