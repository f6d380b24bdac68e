import { request } from 'node:http';
import { mp4, startFiles } from './files.mts';
import { BAKERY, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

const SIZE = 3 * 1024 * 1024;
const VIDEO = mp4(SIZE);

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start({ videoProcessingMs: 5_000 });
	token = await sandbox.token('longUser');
});
afterEach(() => sandbox.close());

const make = async (params: Json = {}): Promise<Json> => {
	const { body } = await sandbox.graph('POST', `/${BAKERY.account}/media`, token, {
		media_type: 'REELS',
		upload_type: 'resumable',
		caption: 'Bread',
		...params,
	});
	return body;
};
const send = async (uri: string, body: Buffer | undefined, headers: Record<string, string>, sent = token) => {
	const answer = await fetch(uri, {
		method: 'POST',
		headers: { authorization: `OAuth ${sent}`, ...headers },
		body: body && new Uint8Array(body),
	});
	return { status: answer.status, body: (await answer.json()) as Json };
};
const whole = (offset = 0, size = SIZE) => ({ offset: `${offset}`, file_size: `${size}` });
const read = async (id: string, fields: string): Promise<Json> =>
	(await sandbox.graph('GET', `/${id}`, token, { fields })).body;
const transferred = async (id: string): Promise<number> =>
	(await read(id, 'video_status')).video_status.uploading_phase.bytes_transferred;
const finished = async (id: string): Promise<string> => {
	await sandbox.advance(60);
	return (await read(id, 'status_code')).status_code;
};

describe('a resumable upload', () => {
	it('takes the video, which is then processed and published with the very bytes', async () => {
		const { id, uri } = await make();
		expect(uri).toBe(`${sandbox.sandbox.url}/rupload.facebook.com/ig-api-upload/v25.0/${id}`);
		expect(await finished(id)).toBe('IN_PROGRESS');
		expect(await read(id, 'video_status')).toMatchObject({
			video_status: {
				uploading_phase: { status: 'not_started', bytes_transferred: 0 },
				processing_phase: { status: 'not_started' },
			},
		});
		expect(await send(uri, VIDEO, whole())).toEqual({
			status: 200,
			body: { success: true, message: 'Upload successful.' },
		});
		expect((await read(id, 'video_status')).video_status).toEqual({
			uploading_phase: { status: 'complete', bytes_transferred: SIZE },
			processing_phase: { status: 'in_progress' },
		});
		expect(await finished(id)).toBe('FINISHED');
		const published = await sandbox.graph('POST', `/${BAKERY.account}/media_publish`, token, {
			creation_id: id,
		});
		const media = await read(published.body.id, 'media_url,thumbnail_url,media_product_type');
		expect(media.media_product_type).toBe('REELS');
		const bytes = Buffer.from(await (await fetch(media.media_url)).arrayBuffer());
		expect(bytes.equals(VIDEO)).toBe(true);
		expect((await fetch(media.thumbnail_url)).headers.get('content-type')).toBe('image/jpeg');
	});

	it('goes on after a break, from where it broke off', async () => {
		const { id, uri } = await make();
		await sandbox.control('POST', '/faults', {
			method: 'POST',
			path: `^/ig-api-upload/${id}$`,
			afterBytes: 1_000_000,
		});
		await expect(send(uri, VIDEO, whole())).rejects.toThrow();
		const offset = await transferred(id);
		expect(offset).toBe(1_000_000);
		const asked = await fetch(uri, { headers: { authorization: `OAuth ${token}` } });
		expect(await asked.json()).toEqual({ offset });
		const again = await send(uri, VIDEO, whole());
		expect(again.status).toBe(412);
		expect(again.body.debug_info).toMatchObject({ type: 'OffsetInvalidError', retriable: true });
		expect((await send(uri, VIDEO.subarray(offset), whole(offset))).status).toBe(200);
		expect(await finished(id)).toBe('FINISHED');
	});

	it('keeps what came when the sender hangs up', async () => {
		const { id, uri } = await make();
		await new Promise<void>((done) => {
			const sending = request(uri, {
				method: 'POST',
				headers: { authorization: `OAuth ${token}`, 'content-length': SIZE, ...whole() },
			});
			sending.on('error', () => done());
			sending.write(VIDEO.subarray(0, 50_000), () => setTimeout(() => sending.destroy(new Error('gone')), 50));
		});
		await new Promise((done) => setTimeout(done, 50));
		expect(await transferred(id)).toBe(50_000);
	});

	it('says when a piece is too short, and takes the rest', async () => {
		const { id, uri } = await make();
		const half = await send(uri, VIDEO.subarray(0, SIZE / 2), whole());
		expect(half.status).toBe(400);
		expect(half.body.debug_info.type).toBe('PartialRequestError');
		expect((await send(uri, VIDEO.subarray(SIZE / 2), whole(SIZE / 2))).status).toBe(200);
		expect(await finished(id)).toBe('FINISHED');
	});

	it('loses its answer, or is refused, when a fault says so', async () => {
		const { id, uri } = await make();
		const path = `^/ig-api-upload/${id}$`;
		await sandbox.control('POST', '/faults', { path, error: { code: 1 }, status: 500 });
		const refused = await send(uri, VIDEO, whole());
		expect(refused.status).toBe(500);
		expect(refused.body.debug_info.type).toBe('ProcessingFailedError');
		await sandbox.control('POST', '/faults', { path, reset: 'after' });
		await expect(send(uri, VIDEO, whole())).rejects.toThrow();
		expect(await finished(id)).toBe('FINISHED');
	});

	it('can be a URL that Meta fetches', async () => {
		const files = await startFiles({ '/a.mp4': VIDEO });
		const { id, uri } = await make();
		const missing = await send(uri, undefined, { file_url: `${files.url}/nothing.mp4` });
		expect(missing.body.debug_info.type).toBe('ProcessingFailedError');
		expect((await send(uri, undefined, { file_url: `${files.url}/a.mp4` })).status).toBe(200);
		expect(await finished(id)).toBe('FINISHED');
		await files.close();
	});

	it('finds out what is no video while processing', async () => {
		const { id, uri } = await make();
		const text = Buffer.from('no video');
		expect((await send(uri, text, whole(0, text.length))).status).toBe(200);
		expect(await finished(id)).toBe('ERROR');
		expect((await read(id, 'status')).status).toBe('Error: Media upload has failed with error code 2207026');
	});

	it.each(['none', 'instagram', 'page'])('refuses the wrong token: %s', async (kind) => {
		const { uri } = await make();
		const other = kind === 'none' ? '' : await sandbox.token(kind, { page: FLORIST.username });
		const { status, body } = await send(uri, VIDEO, whole(), other);
		expect(status).toBe(400);
		expect(JSON.parse(body.debug_info.message)).toEqual({
			success: false,
			error: { message: 'unauthorized user request' },
		});
	});

	it('refuses a missing size, a size that is too large, and what is uploaded already', async () => {
		const { uri } = await make();
		for (const headers of [{ offset: '0' }, whole(0, 301 * 1024 * 1024), { file_size: '9' }])
			expect((await send(uri, VIDEO, headers as Record<string, string>)).status).toBe(400);
		expect((await send(uri, VIDEO, whole())).status).toBe(200);
		expect((await send(uri, VIDEO, whole())).status).toBe(400);
	});

	it.each([
		['for an image', { media_type: 'IMAGE' }],
		['beside a URL', { video_url: 'https://example.com/a.mp4' }],
		['of another type', { upload_type: 'chunked' }],
	])('is refused %s', async (_name, params) => {
		const answer = await sandbox.graph('POST', `/${BAKERY.account}/media`, token, {
			media_type: 'REELS',
			upload_type: 'resumable',
			...params,
		});
		expect(refusal(answer)).toMatchObject({ status: 400, code: 100 });
	});

	it('serves carousel videos and stories, and stands in the log without the token', async () => {
		const { id, uri } = await make({ media_type: 'VIDEO', is_carousel_item: true, caption: '' });
		await make({ media_type: 'STORIES', caption: '' });
		await send(uri, VIDEO, whole());
		expect(await finished(id)).toBe('FINISHED');
		const { body } = await sandbox.control('GET', '/requests');
		const upload = body.requests.find(({ host }: Json) => host === 'rupload.facebook.com');
		expect(upload).toMatchObject({ status: 200, path: `/ig-api-upload/${id}`, body: whole() });
		expect(JSON.stringify(body)).not.toContain(token);
	});
});
