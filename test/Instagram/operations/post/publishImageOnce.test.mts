import '../../../support/quickTime.mts';
import { graphError, guardNetwork, type Answer } from '../../../support/graph.mts';
import { jsons, run } from '../../../support/parameters.mts';
import type { RunOptions } from '../../../support/runNode.mts';
import { CONTAINER, live, PERMALINK, POST, publishingServer, status } from '../../../support/publishingServer.mts';

guardNetwork();

const caption = 'Törtchen 🍰';
const publish = async (more: object = {}, options: Partial<RunOptions> = {}) =>
	await run(
		'post',
		'publishImage',
		{ imageUrl: 'https://cdn.example/cake.jpg', caption, options: {}, ...more },
		options,
	);
const count = (steps: string[], step: string) => steps.filter((name) => name === step).length;
const finished = status('FINISHED');
const done = status('PUBLISHED');
const recent = (...posts: object[]): Answer => ({ body: { data: posts } });
const UNCLEAR = 'The post may or may not be live: look at the account before you publish again.';

describe('a container that is not ready after all (9007)', () => {
	it('is published again a little later', async () => {
		const { steps } = publishingServer({
			publish: [{ status: 400, body: graphError(9007, 2207027) }, { body: { id: POST } }],
		});
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(items[0].json.id).toBe(POST);
		expect(steps()).toEqual(['create', 'status', 'publish', 'publish', 'read']);
	});
});

describe('a lost answer to the publish call', () => {
	it.each<[string, Answer]>([
		['the connection broke', 'reset'],
		['Meta had an unknown error', { status: 500, body: graphError(1) }],
		['Meta held it back as possible spam', { status: 400, body: graphError(4, 2207051) }],
	])('is looked into when %s: the post is live, and nothing is published twice', async (_name, answer) => {
		const { steps } = publishingServer({
			publish: [answer],
			status: [finished, done],
			recent: [() => recent(live('Another post', '1'), live(caption))],
		});
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ id: POST, permalink: PERMALINK });
		expect(steps()).toEqual(['create', 'status', 'publish', 'status', 'recent', 'read']);
	});

	it('does not take an older post with the same caption for the new one', async () => {
		publishingServer({
			publish: ['reset'],
			status: [finished, done],
			recent: [() => recent(live(caption, '1', 3_600_000))],
		});
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(jsons(items)).toMatchObject([{ id: null, permalink: null, containerId: CONTAINER }]);
	});

	it('does not take the post of an item before for the one of this, though they have one caption', async () => {
		const first = '17920238422030505';
		publishingServer({
			publish: [{ body: { id: first } }, 'reset'],
			status: [finished, finished, done],
			recent: [() => recent(live(caption), live(caption, first))],
		});
		const { items, error } = await publish({}, { items: [{}, {}] });
		expect(error).toBeUndefined();
		expect(jsons(items).map(({ id }) => id)).toEqual([first, POST]);
	});

	it('finds a post without a caption, too', async () => {
		publishingServer({
			publish: ['reset'],
			status: [finished, done],
			recent: [() => ({ body: { data: [{ id: POST, timestamp: new Date().toISOString() }] } })],
		});
		const { items } = await publish({ caption: '' });
		expect(items[0].json.id).toBe(POST);
	});

	it('is followed by one more try when the container is still waiting', async () => {
		const { steps } = publishingServer({ publish: ['reset', { body: { id: POST } }] });
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(items[0].json.id).toBe(POST);
		expect(steps()).toEqual(['create', 'status', 'publish', 'status', 'publish', 'read']);
	});

	it('succeeds when the first try went through late, so that Meta refuses the second', async () => {
		const { steps } = publishingServer({
			publish: ['reset', { status: 400, body: graphError(24, 2207006) }],
			status: [finished, finished, done],
			recent: [() => recent(live(caption))],
		});
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(items[0].json.id).toBe(POST);
		expect(count(steps(), 'publish')).toBe(2);
	});

	it('is not followed by another try when Meta held the post back as possible spam', async () => {
		const { steps } = publishingServer({ publish: [{ status: 400, body: graphError(4, 2207051) }] });
		const { error } = await publish();
		expect(error?.message).toBe('Instagram held this action back as possible spam');
		expect(steps()).toEqual(['create', 'status', 'publish', 'status']);
	});

	it('succeeds without an ID when the recent posts cannot be read', async () => {
		const { steps } = publishingServer({
			publish: ['reset'],
			status: [finished, done],
			recent: [{ status: 400, body: graphError(10) }],
		});
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(jsons(items)).toMatchObject([{ id: null, permalink: null, containerId: CONTAINER }]);
		expect(count(steps(), 'publish')).toBe(1);
	});

	it('is told as unclear when Meta does not answer the look either', async () => {
		const { steps } = publishingServer({
			publish: ['reset'],
			status: [finished, { status: 400, body: graphError(4) }],
		});
		const { error } = await publish({ options: { rateLimitWait: 0 } });
		expect(error?.message).toBe('No answer came from Meta');
		expect(error?.description).toContain(UNCLEAR);
		expect(count(steps(), 'publish')).toBe(1);
	});
});

describe('a container that Meta no longer has', () => {
	it.each([
		[24, 2207006],
		[-2, 2207020],
	])('is made anew by a retry of n8n (%i/%i)', async (code, subcode) => {
		const { steps } = publishingServer({
			publish: [{ status: 400, body: graphError(code, subcode) }, { body: { id: POST } }],
		});
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const { items, error } = await publish({}, { settings });
		expect(error).toBeUndefined();
		expect(items[0].json.id).toBe(POST);
		expect(steps()).toEqual(['create', 'status', 'publish', 'create', 'status', 'publish', 'read']);
	});
});
