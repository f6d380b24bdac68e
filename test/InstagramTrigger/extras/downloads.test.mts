import { Readable } from 'node:stream';
import { fetchCdnFile } from '../../../nodes/InstagramTrigger/extras/cdnFile.ts';
import { deliveryOf, messageWith } from '../../support/attachments.mts';
import { guardNetwork, listenAt, type Answer } from '../../support/graph.mts';
import { settledLogin } from '../../support/logins.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

guardNetwork();
const open: Array<Awaited<ReturnType<typeof webhookServer>>> = [];
const serve = async (more: Partial<Settings> = {}) => {
	const parameters = { events: ['message'], options: { downloadAttachments: true } };
	const server = await webhookServer({ credentials: settledLogin(), parameters, ...more });
	open.push(server);
	return server;
};
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

const CDN = 'https://lookaside.fbsbx.com';
const picture: Answer = { body: 'bytes of a picture', headers: { 'content-type': 'image/jpeg; charset=x' } };
const text = (data: string | undefined) => Buffer.from(data ?? '', 'base64').toString('utf8');

/** What one attachment becomes, when its host answers so. */
async function download(answer: Answer, url = `${CDN}/ig_messaging_cdn/?asset_id=1`, credentials = settledLogin()) {
	const asked = listenAt(new URL(url).origin, () => answer);
	const server = await serve({ credentials });
	expect((await server.deliver(deliveryOf(messageWith([{ type: 'image', url }])))).status).toBe(200);
	const [{ json, binary }] = server.items;
	return {
		asked,
		binary,
		download: (json.downloads as object[])[0] as { binary: string | null; problem: string | null },
	};
}

describe('Download Attachments', () => {
	it('puts each file on the item, named by its place in the message', async () => {
		const asked = listenAt(CDN, ({ query }) =>
			query.asset_id === '2'
				? {
						body: '%PDF-1.4',
						headers: {
							'content-type': 'application/pdf',
							'content-disposition': 'attachment; filename="../../Größe (1).pdf"',
						},
					}
				: picture,
		);
		const server = await serve();
		const attachments = [
			{ type: 'ephemeral' },
			{ type: 'image', url: `${CDN}/?asset_id=1` },
			{ type: 'file', url: `${CDN}/?asset_id=2` },
		];
		expect(await server.deliver(deliveryOf(messageWith(attachments)))).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
		const [{ json, binary }] = server.items;
		expect(json).toMatchObject({
			event: 'message',
			downloads: [
				{ attachment: 0, type: 'ephemeral', binary: null, problem: 'Meta sent no address for it.' },
				{ attachment: 1, type: 'image', binary: 'attachment_1', problem: null },
				{ attachment: 2, type: 'file', binary: 'attachment_2', problem: null },
			],
		});
		expect(Object.keys(binary!)).toEqual(['attachment_1', 'attachment_2']);
		expect(binary!.attachment_1).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: 'attachment_1.jpg',
			fileType: 'image',
		});
		expect(text(binary!.attachment_1.data)).toBe('bytes of a picture');
		expect(binary!.attachment_2).toMatchObject({ mimeType: 'application/pdf', fileName: 'Größe (1).pdf' });
		expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
	});

	it.each([
		['http://lookaside.fbsbx.com/x'],
		['https://lookaside.fbsbx.com:8443/x'],
		['https://fbsbx.com.example.com/x'],
		['https://notfbcdn.net/x'],
		['http://169.254.169.254/latest'],
		['http://localhost:5678/rest'],
		['https://graph.facebook.com.example.com/x'],
	])('asks nobody but the CDN: not %s', async (url) => {
		const {
			asked,
			binary,
			download: { problem },
		} = await download(picture, url);
		expect([asked, binary, problem]).toEqual([[], undefined, "Its address is not on Meta's CDN."]);
	});

	it('takes files from where the base URL of the credential stands in for Meta, and from no other port there', async () => {
		const sandbox = settledLogin(undefined, {}, { graphBaseUrl: 'http://127.0.0.1:4800/graph.facebook.com' });
		expect((await download(picture, 'http://127.0.0.1:4800/cdn/1', sandbox)).download.binary).toBe('attachment_0');
		expect(await download(picture, 'http://127.0.0.1:4801/cdn/1', sandbox)).toMatchObject({
			asked: [],
			download: { binary: null },
		});
	});

	it('follows a redirect within the CDN, and none that leads out of it', async () => {
		const [inside, outside] = [
			listenAt('https://scontent.cdninstagram.com', () => picture),
			listenAt('http://169.254.169.254', () => picture),
		];
		const to = (location: string) => ({ status: 302, headers: { location }, body: '' });
		expect((await download(to('https://scontent.cdninstagram.com/a.jpg'))).download.binary).toBe('attachment_0');
		expect((await download(to('http://169.254.169.254/latest'), 'https://a.fbcdn.net/1')).download.problem).toBe(
			"Its address is not on Meta's CDN.",
		);
		expect((await download(to('/again'), 'https://b.fbcdn.net/1')).download.problem).toContain(
			'from one address to the next',
		);
		expect([inside.length, outside.length]).toEqual([1, 0]);
	});

	it.each<[string, Answer, RegExp]>([
		['has ended', { status: 403, body: 'URL signature expired' }, /not hand it out any more \(HTTP 403\)/],
		['fails', { status: 500, body: '' }, /HTTP 500/],
		['shows a page', { body: '<html>', headers: { 'content-type': 'text/html' } }, /web page/],
		['shows a strict page', { body: '<html/>', headers: { 'content-type': 'application/xhtml+xml' } }, /web page/],
		...[
			...['image/svg+xml', 'IMAGE/SVG+XML; charset=utf-8', 'text/xml', 'application/xml', 'application/javascript'],
			...['text/javascript', 'text/css', 'text/plain', 'application/x-shockwave-flash', 'multipart/related'],
			...['application/vnd.ms-excel', 'application/rss+xml', 'message/rfc822', 'model/x3d+xml', 'font/woff'],
		].map((type): [string, Answer, RegExp] => [
			`is of the type ${type}`,
			{ body: '<svg/>', headers: { 'content-type': type } },
			/^It is of the type [a-z0-9.+/-]+, and only pictures, sounds, videos and PDFs are fetched\.$/,
		]),
		[
			'says that it is too large',
			{ body: 'x', headers: { 'content-type': 'video/mp4', 'content-length': '26214401' } },
			/more than 25 MB/,
		],
		[
			'is too large',
			{ body: 'x'.repeat(25 * 1024 * 1024 + 1), headers: { 'content-type': 'video/mp4' } },
			/more than 25 MB/,
		],
		['breaks off', 'reset', /socket hang up/],
	])('passes the message on without a file whose link %s, and says why', async (_what, answer, why) => {
		const {
			binary,
			download: { problem },
		} = await download(answer);
		expect(binary).toBeUndefined();
		expect(problem).toMatch(why);
	});

	it('keeps no copy of stories, makes no call for what is no file, and says so', async () => {
		const asked = [CDN, 'https://www.instagram.com'].map((host) => listenAt(host, () => picture));
		const server = await serve();
		const story = 'Meta forbids to keep a copy of a story.';
		const page = 'Meta sent the address of its page at Instagram instead of a file.';
		const missing = 'Meta sent no address for it.';
		const cases: Array<[string, object | undefined, string]> = [
			['story_mention', { url: `${CDN}/1` }, story],
			['ig_story', { story_media_id: '1', story_media_url: `${CDN}/2` }, story],
			['ig_story', { story_media_id: '1' }, story],
			['fallback', { url: `${CDN}/3` }, 'It is no file.'],
			['template', { url: `${CDN}/4` }, 'It is no file.'],
			['ig_reel', { url: 'https://www.instagram.com/reel/DAbc/' }, page],
			['ig_post', { url: 'https://instagram.com/p/DAbc/' }, page],
			['image', {}, missing],
			['image', { url: '' }, missing],
			['video', undefined, missing],
			['ephemeral', undefined, missing],
		];
		const attachments = cases.map(([type, payload]) => ({ type, ...(payload ? { payload } : {}) }));
		await server.deliver(deliveryOf(messageWith([], undefined, { attachments })));
		expect(server.items[0].json.downloads).toEqual(
			cases.map(([type, , problem], attachment) => ({ attachment, type, binary: null, problem })),
		);
		expect(asked.flat()).toEqual([]);
	});

	it('hands the event over in time when the CDN is slow, with what has arrived by then', async () => {
		listenAt(CDN, ({ path }) => (path === '/slow' ? { ...(picture as object), delayMs: 6_000 } : picture));
		const server = await serve();
		const begun = Date.now();
		expect(
			(
				await server.deliver(
					deliveryOf(
						messageWith([
							{ type: 'image', url: `${CDN}/slow` },
							{ type: 'image', url: `${CDN}/fast` },
						]),
					),
				)
			).status,
		).toBe(200);
		expect(Date.now() - begun).toBeLessThan(4_000);
		expect(server.items[0].json.downloads).toMatchObject([
			{ binary: null, problem: expect.stringContaining('in time') },
			{ binary: 'attachment_1' },
		]);
		expect(Object.keys(server.items[0].binary!)).toEqual(['attachment_1']);
	});

	it('fetches a file once, however often Meta repeats the message meanwhile and afterwards', async () => {
		const asked = listenAt(CDN, () => ({ ...(picture as object), delayMs: 300 }));
		const server = await serve();
		const body = deliveryOf(messageWith([{ type: 'image', url: `${CDN}/once` }]));
		const replies = await Promise.all([server.deliver(body), server.deliver(body), server.deliver(body)]);
		await server.deliver(body);
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect([asked.length, server.items.length]).toEqual([1, 1]);
	});

	it('holds at most 100 MB in memory, and has room again when files are stored or break off', async () => {
		const chunk = Buffer.alloc(25 * 1024 * 1024);
		const answer = (chunks: Buffer[]) => ({
			statusCode: 200,
			headers: { 'content-type': 'video/mp4' },
			body: Readable.from(chunks),
		});
		const fetchIt = async (...chunks: Buffer[]) =>
			await fetchCdnFile(
				{ helpers: { httpRequest: async () => answer(chunks) } } as never,
				`${CDN}/x`,
				async () => '',
				AbortSignal.timeout(60_000),
			);
		const held = await Promise.all([fetchIt(chunk), fetchIt(chunk), fetchIt(chunk), fetchIt(chunk)]);
		for (let i = 0; i < 2; i++) await expect(fetchIt(Buffer.alloc(1))).rejects.toThrow('at the same time');
		held[0].release();
		for (let i = 0; i < 2; i++) await expect(fetchIt(chunk, Buffer.alloc(1))).rejects.toThrow('25 MB');
		held.push(await fetchIt(chunk));
		for (const { release } of held.slice(1)) release();
	});

	it('ends at thirty files of a delivery', async () => {
		const asked = listenAt(CDN, () => picture);
		const server = await serve();
		const ten = Array.from({ length: 10 }, (_, i) => ({ type: 'image', url: `${CDN}/${i}` }));
		await server.deliver(deliveryOf(...Array.from({ length: 4 }, () => messageWith(ten))));
		const downloads = server.items.flatMap(({ json }) => json.downloads as Array<{ problem: string | null }>);
		expect([asked.length, downloads.filter(({ problem }) => problem?.includes('More than 30')).length]).toEqual([
			30, 10,
		]);
	});
});
