import '../../../support/quickTime.mts';
import { graphError, guardNetwork } from '../../../support/graph.mts';
import { BAKERY, tokens } from '../../../support/logins.mts';
import { jsons, run } from '../../../support/parameters.mts';
import { placeOfProof, proofIn, provenBody } from '../../../support/proofs.mts';
import {
	CONTAINER,
	PERMALINK,
	POST,
	publishingServer,
	status,
	type PublishingAnswers,
} from '../../../support/publishingServer.mts';

guardNetwork();

const IMAGE = 'https://cdn.example/cake.jpg';
const publish = async (more: object = {}) =>
	await run('post', 'publishImage', { imageUrl: IMAGE, caption: 'Törtchen 🍰', options: {}, ...more });
const published = {
	id: POST,
	permalink: PERMALINK,
	caption: 'Törtchen 🍰',
	timestamp: '2026-11-21T10:15:30.000Z',
	containerId: CONTAINER,
};

describe('post: publishImage', () => {
	it('takes four calls, all signed with the Page token', async () => {
		const { calls, steps } = publishingServer();
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(jsons(items)).toEqual([published]);
		expect(steps()).toEqual(['create', 'status', 'publish', 'read']);
		expect(provenBody(calls[0]).content).toEqual({ image_url: IMAGE, caption: 'Törtchen 🍰' });
		expect(provenBody(calls[2]).content).toEqual({ creation_id: CONTAINER });
		expect(calls.map(({ authorization }) => authorization)).toEqual(Array(4).fill(`Bearer ${tokens.bakery}`));
		expect(calls.map((call) => proofIn(call))).toEqual(calls.map(placeOfProof));
	});

	it('sends the alternative text, and no empty fields', async () => {
		const { calls } = publishingServer();
		await publish({ caption: '', imageUrl: ` ${IMAGE} `, options: { altText: 'A cake' } });
		expect(provenBody(calls[0]).content).toEqual({ image_url: IMAGE, alt_text: 'A cake' });
	});

	it('waits while Meta processes the image', async () => {
		const { steps } = publishingServer({ status: [status('IN_PROGRESS'), status('FINISHED')] });
		const { error } = await publish();
		expect(error).toBeUndefined();
		expect(steps()).toEqual(['create', 'status', 'status', 'publish', 'read']);
	});

	it('stops at the time limit, names the container and publishes nothing', async () => {
		const { steps } = publishingServer({ status: [status('IN_PROGRESS')] });
		const { error } = await publish({ options: { maxWait: 1 } });
		expect(error?.message).toBe('Instagram is still processing the media');
		expect(error?.description).toMatch(new RegExp(`Nothing was published.*${CONTAINER}`));
		expect(steps().slice(0, 2)).toEqual(['create', 'status']);
		expect(steps()).not.toContain('publish');
	});

	it.each([
		[
			'ERROR',
			'Error: Media upload has failed with error code 2207082',
			'Instagram could not process the media',
			'2207082',
		],
		['EXPIRED', 'Expired: The container has expired', 'The media container expired before it was published', 'Expired'],
	])('ends when the container turns to %s', async (code, text, message, hint) => {
		const { steps } = publishingServer({ status: [status(code, text)] });
		const { error } = await publish();
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(hint);
		expect(error?.description).toContain('Nothing was published');
		expect(steps()).toEqual(['create', 'status']);
	});

	it('succeeds when only the link cannot be read: failing would make people publish again', async () => {
		const { steps } = publishingServer({ read: [{ status: 400, body: graphError(100, 33) }] });
		const { items, error } = await publish();
		expect(error).toBeUndefined();
		expect(jsons(items)).toEqual([{ ...published, permalink: null, timestamp: null }]);
		expect(steps()).toEqual(['create', 'status', 'publish', 'read']);
	});

	it('repeats the creation of a container, which does no harm, after a broken connection', async () => {
		const { steps } = publishingServer({ create: ['reset', { body: { id: CONTAINER } }] });
		const { error } = await publish();
		expect(error).toBeUndefined();
		expect(steps()).toEqual(['create', 'create', 'status', 'publish', 'read']);
	});
});

describe('what is refused before any call', () => {
	it.each([
		['cake.jpg', 'The address of the image "cake.jpg" is not a web address'],
		['ftp://cdn.example/cake.jpg', 'The address of the image "ftp://cdn.example/cake.jpg" is not a web address'],
		['file:///etc/passwd', 'The address of the image "file:///etc/passwd" is not a web address'],
		['data:image/jpeg;base64,AAAA', 'The address of the image "data:image/jpeg;base64,AAAA" is not a web address'],
		['  ', '"Image URL" is empty'],
	])('the image %s', async (imageUrl, message) => {
		const { calls } = publishingServer();
		const { error } = await publish({ imageUrl });
		expect(error?.message).toBe(message);
		expect(calls).toEqual([]);
	});

	it('a caption of 2,201 characters, but not one of 2,200, however many bytes it has', async () => {
		const { calls } = publishingServer();
		const { error } = await publish({ caption: '🍰'.repeat(2201) });
		expect(error?.message).toBe('The caption has 2201 characters; Instagram takes at most 2200');
		expect(calls).toEqual([]);
		expect((await publish({ caption: '🍰'.repeat(2200) })).error).toBeUndefined();
		expect(JSON.parse(calls[0].body).caption).toBe('🍰'.repeat(2200));
	});

	it('an alternative text of 1,001 characters', async () => {
		const { calls } = publishingServer();
		const { error } = await publish({ options: { altText: 'x'.repeat(1001) } });
		expect(error?.message).toBe('The alt text has 1001 characters; Instagram takes at most 1000');
		expect(calls).toEqual([]);
	});
});

describe('what Meta refuses', () => {
	it.each<[string, PublishingAnswers, string, string[]]>([
		[
			'a PNG',
			{ create: [{ status: 400, body: graphError(36001, 2207005) }] },
			'Instagram takes JPEG images only',
			['create'],
		],
		[
			'an address that it cannot read',
			{ create: [{ status: 400, body: graphError(9004, 2207052) }] },
			'Instagram could not download the media from its URL',
			['create'],
		],
		[
			'one post too many, with a look at the limit',
			{ publish: [{ status: 400, body: graphError(9, 2207042) }] },
			"The account's publishing limit for 24 hours is used up",
			['create', 'status', 'publish', 'limit'],
		],
	])('%s is told once and not tried again', async (_name, answers, message, expected) => {
		const { steps } = publishingServer(answers);
		const { error } = await publish();
		expect(error?.message).toBe(message);
		expect(steps()).toEqual(expected);
	});

	it('the account chosen decides where it goes', async () => {
		const { calls } = publishingServer();
		await publish({ account: { __rl: true, mode: 'id', value: `@${BAKERY.username}` } });
		expect(calls[0].path).toBe(`/v25.0/${BAKERY.id}/media`);
	});
});
