import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostPicture, type HostedPicture } from '../../sandbox/demo/picture.mts';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { sha256 } from '../../sandbox/world/assets.mts';
import { film } from '../support/mp4.mts';
import { gatherFiles, instagram as node, readFiles, runFlow } from './fileFlow.mts';
import {
	ALL_FILES,
	claimsOf,
	FROM_FILE,
	impatientReel,
	picture,
	published,
	publishEach,
	publishMade,
	retry,
	writeParts,
} from './publishingFiles.mts';
import { ACCOUNT, connectInstagram, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

const VIDEO_PROCESSING_MS = 4000;

describe('publishing files that only n8n has, on a real n8n', () => {
	let stage: Stage;
	let facebook: Login;
	let instagram: Login;
	let folder: string;

	const { requests, lastRequest, postsOf, made, uploads, fault, bytesOf } = published(() => stage);

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-files-'));
		stage = await openStage({
			sandbox: { videoProcessingMs: VIDEO_PROCESSING_MS },
			n8nEnv: { N8N_RESTRICT_FILE_ACCESS_TO: folder },
		});
		facebook = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		instagram = await connectInstagram(stage);
	}, STAGE_TIMEOUT_MS);
	afterEach(async () => await stage.control.call('DELETE', '/faults'));
	afterAll(async () => {
		await stage?.close();
		await rm(folder, { recursive: true, force: true });
	});

	it.each(['facebook', 'instagram'])(
		'a picture made in the workflow is fetched from the address that n8n signed: %s',
		async (name) => {
			const login = name === 'facebook' ? facebook : instagram;
			const bytes = picture(name.length);
			const caption = `Made here, ${name}`;
			const since = await lastRequest();
			const { error, items } = await publishMade(stage, login, 'publishImage', caption, bytes);
			expect(error).toBeUndefined();
			const [post] = await postsOf(caption);
			expect([post.id, post.sha256]).toEqual([items[0].id, sha256(bytes)]);
			const [{ image_url: url }] = await made(since);
			expect(url.startsWith(`${stage.n8n.url}/rest/binary-data/signed?token=`)).toBe(true);
			const { exp, iat, id } = claimsOf(url);
			expect([exp - iat, id.startsWith('filesystem-v2:')]).toEqual([3600, true]);
		},
	);

	it.each<[string, number]>([
		['facebook', 2],
		['facebook', 10],
		['instagram', 10],
	])('a carousel of files from the disk arrives whole and in order: %s, %i', async (name, count) => {
		const login = name === 'facebook' ? facebook : instagram;
		const prefix = `${name}${count}`;
		const parts = await writeParts(folder, prefix, count);
		const parameters = operation(login, 'post', 'publishCarousel', {
			specifyItems: 'json',
			itemsJson: ALL_FILES,
			caption: prefix,
		});
		const since = await lastRequest();
		const { error, items } = await runFlow(stage, [
			readFiles(join(folder, `${prefix}-*`)),
			gatherFiles,
			node(login, parameters),
		]);
		expect(error).toBeUndefined();
		expect(bytesOf(items[0].id).map(sha256)).toEqual(parts.map(sha256));
		const videos = Math.floor((count + 1) / 3);
		const urls = (await made(since)).flatMap(({ image_url: image, video_url: video }) =>
			[image, video].filter(Boolean),
		);
		expect(urls.every((url) => url.startsWith(`${stage.n8n.url}/rest/binary-data/signed?token=`))).toBe(true);
		expect([urls.length, (await uploads(since)).length]).toEqual(
			login === facebook ? [count - videos, videos] : [count, 0],
		);
	});

	it('a reel is sent as a stream, and goes on where the connection broke', async () => {
		const video = film({ size: 5_000_000 });
		await writeFile(join(folder, 'reel.mp4'), video);
		await fault('^/ig-api-upload/', { method: 'POST', afterBytes: 2_000_000 });
		const since = await lastRequest();
		const { error, items } = await runFlow(stage, [
			readFiles(join(folder, 'reel.mp4')),
			node(facebook, operation(facebook, 'post', 'publishReel', { ...FROM_FILE, caption: 'Sent' })),
		]);
		expect(error).toBeUndefined();
		expect(bytesOf(items[0].id).map(sha256)).toEqual([sha256(video)]);
		expect((await uploads(since)).map(({ body }) => body)).toEqual(
			['0', '2000000'].map((offset) => ({ offset, file_size: '5000000' })),
		);
	});

	it('what was not ready in time is published by its container, whose ID stands in the output', async () => {
		await writeFile(join(folder, 'slow.mp4'), film({ size: 50_000 }));
		const parameters = impatientReel(facebook, 'Slow');
		const late = await runFlow(stage, [
			readFiles(join(folder, 'slow.mp4')),
			node(facebook, parameters, { onError: 'continueRegularOutput' }),
		]);
		expect(late.items).toEqual([
			{
				error: 'Instagram is still processing the media',
				details: expect.stringContaining('"Publish Container" publishes it'),
				containerId: expect.stringMatching(/^\d+$/),
			},
		]);
		expect(await postsOf('Slow')).toEqual([]);
		const since = await lastRequest();
		const finish = operation(facebook, 'post', 'publishContainer', { containerId: '={{ $json.containerId }}' });
		const { error, items } = await runFlow(stage, [node(facebook, finish)], late.items);
		expect(error).toBeUndefined();
		const [post] = await postsOf('Slow');
		expect(items).toMatchObject([
			{ id: post.id, permalink: post.permalink, containerId: late.items[0].containerId, wasPublishedBefore: false },
		]);
		expect(await made(since)).toEqual([]);
	});

	it('goes to the error output of the node, when it has one', async () => {
		await writeFile(join(folder, 'late.mp4'), film({ size: 50_000 }));
		const parameters = impatientReel(facebook, 'Late');
		const { execution, items } = await runFlow(stage, [
			readFiles(join(folder, 'late.mp4')),
			node(facebook, parameters, { onError: 'continueErrorOutput' }),
		]);
		const [, errors] = execution.data.resultData.runData.Instagram.at(-1)?.data?.main ?? [];
		expect([items, errors?.map(({ json }) => json)]).toEqual([
			[],
			[
				expect.objectContaining({
					error: expect.stringMatching(/^Instagram is still processing the media\. .*The container \d+ lives 24 hours/),
				}),
			],
		]);
	});

	describe("n8n's retry of an execution that failed", () => {
		const live = async (captions: string[]) =>
			await Promise.all(captions.map(async (caption) => (await postsOf(caption)).length));

		it('does not publish again what is live, and uses the container of what is not', async () => {
			const captions = ['Retried, first', 'Retried, second'];
			const since = await lastRequest();
			// The second item to publish is refused, once.
			await fault('/media_publish$', { method: 'POST', delayMs: 1 });
			await fault('/media_publish$', { method: 'POST', status: 400, error: { code: 200 } });
			const failed = await publishEach(stage, facebook, captions);
			expect([failed.error?.message, await live(captions)]).toEqual(['The login has no permission for this', [1, 0]]);
			const again = await retry(stage, failed);
			expect(again.error).toBeUndefined();
			const [[first], [second]] = await Promise.all(captions.map(postsOf));
			expect(again.items.map(({ id }) => id)).toEqual([first.id, second.id]);
			expect([await live(captions), (await made(since)).length]).toEqual([[1, 1], 2]);
		});

		it('finds the post whose answer got lost, after a restart of n8n as well', async () => {
			const captions = ['Lost answer'];
			const since = await lastRequest();
			await fault('/media_publish$', { method: 'POST', reset: 'after' });
			// The look after it fails, too; the one before it must not.
			const watch = stage.control
				.until('the lost answer', async () =>
					(await requests(since)).some(({ path }) => path.endsWith('/media_publish')) ? true : undefined,
				)
				.then(async () => await fault('^/\\d+$', { method: 'GET', status: 400, error: { code: 200 } }));
			const failed = await publishEach(stage, facebook, captions);
			await watch;
			expect([failed.error?.description, await live(captions)]).toEqual([
				expect.stringContaining('may or may not be live'),
				[1],
			]);
			await stage.n8n.restart();
			await stage.client.session.logIn();
			const again = await retry(stage, failed);
			expect(again.error).toBeUndefined();
			const [post] = await postsOf(captions[0]);
			expect([again.items[0].id, await live(captions), (await made(since)).length]).toEqual([post.id, [1], 1]);
		});
	});

	it('an n8n that is not public is told so, and nothing is made', async () => {
		const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect('Behind a wall') };
		const { error: first } = await runFlow(stage, [node(login, operation(login, 'post', 'getMany', { limit: 1 }))]);
		expect(first).toBeUndefined();
		// An address that is not on this network, and which nobody ever has: what is sent there would fail in other words.
		await stage.client.credentials.update(login.credential.id, { graphBaseUrl: 'https://graph.invalid' });
		const since = await lastRequest();
		const { error } = await publishMade(stage, login, 'publishImage', 'Walled', picture(1));
		expect(error?.message).toBe(`Meta cannot fetch files from this n8n: its address ${stage.n8n.url} is not public`);
		expect(error?.description).toContain('WEBHOOK_URL');
		expect([await requests(since), await postsOf('Walled')]).toEqual([[], []]);
	});
});

describe('publishing on an n8n that keeps files in memory', () => {
	let stage: Stage;
	let login: Login;
	let web: HostedPicture;

	beforeAll(async () => {
		stage = await openStage({ n8nEnv: { N8N_DEFAULT_BINARY_DATA_MODE: 'default' } });
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		web = await hostPicture();
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await web?.close();
		await stage?.close();
	});

	it('says so for a picture, and publishes nothing', async () => {
		const { error } = await publishMade(stage, login, 'publishImage', 'Kept in memory', web.bytes);
		expect(error?.message).toBe('Meta cannot fetch this file: n8n keeps files in memory');
		expect(error?.description).toBe(
			'Set N8N_DEFAULT_BINARY_DATA_MODE of n8n to filesystem (or s3), or put the file on a public web host and choose URL as the source.',
		);
		const calls = await stage.control.requests();
		expect(calls.filter(({ method, path }) => method === 'POST' && /\/media(_publish)?$/.test(path))).toEqual([]);
	});

	it('sends a reel all the same', async () => {
		const video = film({ size: 1_000_000 });
		const { error } = await publishMade(stage, login, 'publishReel', 'From memory', video);
		expect(error).toBeUndefined();
		const [post] = await stage.control.feed(ACCOUNT);
		expect([post.caption, post.sha256]).toEqual(['From memory', sha256(video)]);
	});
});
