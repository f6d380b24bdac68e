import { guardNetwork, listenAt } from '../../../support/graph.mts';
import { GRAPH } from '../../../support/logins.mts';
import { run } from '../../../support/parameters.mts';
import { contentOf } from '../../../support/stages/sent.mts';

guardNetwork();

const captionWith = (hashtags: number) => Array.from({ length: hashtags }, (_, i) => `#bröt${i}`).join(' ');
const TYPES = {
	image: { mediaUrl: 'https://cdn.example/bread.jpg' },
	reel: { mediaUrl: 'https://cdn.example/bread.mp4' },
	carousel: { children: '1, 2' },
};
const create = async (containerType: string, hashtags: number, items = [{}]) => {
	const calls = listenAt(GRAPH, () => ({ body: { id: '17' } }));
	const media = TYPES[containerType as keyof typeof TYPES];
	const { error, hints } = await run(
		'post',
		'createContainer',
		{ containerType, source: 'url', caption: captionWith(hashtags), ...media },
		{ items },
	);
	return { calls, error, hints: hints.map(({ message }) => message) };
};

describe('hashtags of a caption', () => {
	it.each(Object.keys(TYPES))('go out without a word up to five: %s', async (type) => {
		const { calls, error, hints } = await create(type, 5);
		expect([error, calls.length, hints]).toEqual([undefined, 1, []]);
	});

	it.each(Object.keys(TYPES).flatMap((type) => [6, 30].map((count) => [type, count] as const)))(
		'go out as they are beyond that, and the output says what may come of it: %s with %i',
		async (type, count) => {
			const { calls, error, hints } = await create(type, count);
			expect(error).toBeUndefined();
			expect(calls.map(contentOf)).toMatchObject([{ caption: captionWith(count) }]);
			expect(hints).toEqual([
				'A caption has more than 5 hashtags: Instagram may take some out or refuse the post, so use at most 5.',
			]);
		},
	);

	it('are spoken of once for all items', async () => {
		const { calls, hints } = await create('image', 9, [{}, {}, {}]);
		expect([calls.length, hints.length]).toEqual([3, 1]);
	});

	it('are refused before any call beyond the thirty that Meta documents', async () => {
		const { calls, error } = await create('image', 31);
		expect(calls).toEqual([]);
		expect(error?.message).toBe('There are 31 hashtags in the caption; Instagram takes at most 30');
	});

	it('that Meta refuses are five at most in the words of the error', async () => {
		listenAt(GRAPH, () => ({
			status: 400,
			body: { error: { message: '(#100) Too many', code: 100, error_subcode: 2207040, fbtrace_id: 'A' } },
		}));
		const { error } = await run('post', 'createContainer', {
			containerType: 'image',
			source: 'url',
			caption: captionWith(9),
			...TYPES.image,
		});
		expect(error?.description).toContain('Use at most 20 @mentions and 5 hashtags.');
	});
});
