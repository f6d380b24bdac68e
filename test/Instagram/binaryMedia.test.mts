import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { guardNetwork, line, listenAt } from '../support/graph.mts';
import { BAKERY, GRAPH } from '../support/logins.mts';
import { run } from '../support/parameters.mts';
import { BASE } from '../support/workflow.mts';

guardNetwork();

// n8n keeps the key that signs its links in its folder, which it makes when it is first asked.
const folder = mkdtempSync(join(tmpdir(), 'n8n-signing-'));
beforeAll(() => {
	process.env.N8N_USER_FOLDER = folder;
});
afterAll(() => {
	delete process.env.N8N_USER_FOLDER;
	rmSync(folder, { recursive: true });
});

const MB = 1024 * 1024;
const file = (mimeType: string, bytes = 1000, more: object = {}) => ({ mimeType, bytes, data: 'filesystem-v2', id: 'filesystem-v2:workflows/1/binary_data/9', ...more });
const send = async (files: object[], mediaType = 'image', options: IDataObject = {}) => {
	const calls = listenAt(GRAPH, () => ({ body: { recipient_id: '777', message_id: 'm', attachment_id: '9' } }));
	const binaryField = files.length === 1 ? '={{ $json.files[0] }}' : '={{ $json.files }}';
	const result = await run('message', 'sendMedia', { recipientId: '777', mediaType, source: 'binary', binaryField, options }, { items: [{ files } as never] });
	return { ...result, calls };
};

describe('a file of the workflow', () => {
	it('goes to Meta as a link that n8n signed', async () => {
		const { calls, error, items } = await send([file('image/png')]);
		expect(error).toBeUndefined();
		const { type, payload } = JSON.parse(calls[0].body).message.attachment;
		expect([line(calls[0]), type]).toEqual([`POST /${BAKERY.pageId}/messages`, 'image']);
		expect(payload.url).toMatch(new RegExp(`^${BASE}/rest/binary-data/signed\\?token=eyJ[\\w.-]+$`));
		const claims = JSON.parse(Buffer.from(payload.url.split('.')[2], 'base64url').toString());
		expect([claims.id, claims.exp - claims.iat]).toEqual([file('').id, 3600]);
		// The link opens the file to anybody: it must not lie in an item.
		expect(JSON.stringify(items)).not.toContain('token');
	});

	it('may be several images, and may be uploaded for later', async () => {
		const { calls } = await send([file('image/png'), file('image/jpeg')], 'image', { reusable: true });
		const { attachments } = JSON.parse(calls[0].body).message;
		expect(attachments.map(({ payload }: { payload: object }) => Object.keys(payload))).toEqual([['url', 'is_reusable'], ['url', 'is_reusable']]);
		const upload = await run('message', 'uploadAttachment', { mediaType: 'image', source: 'binary', binaryField: '={{ $json.file }}' }, { items: [{ file: file('image/gif') } as never] });
		expect(upload.items[0].json).toEqual({ attachmentId: '9', mediaType: 'image' });
	});

	it.each([
		['image', 'image/png', 8],
		['video', 'video/quicktime', 25],
		['audio', 'audio/x-wav', 25],
		['file', 'application/pdf', 25],
	])('of the type %s fits up to its size and not beyond', async (mediaType, mimeType, max) => {
		const whole = await send([file(mimeType, max * MB)], mediaType);
		expect([whole.error, whole.calls.length]).toEqual([undefined, 1]);
		const { error, calls } = await send([file(mimeType, max * MB + 1)], mediaType);
		expect(error?.message).toBe(`The file has ${max * MB + 1} bytes; as ${mediaType} Instagram takes at most ${max * MB} (${max} MB)`);
		expect(calls).toEqual([]);
	});

	it.each([
		['image', 'image/webp', 'PNG, JPEG or GIF'],
		['video', 'video/x-matroska', 'MP4, OGG, AVI, MOV or WebM'],
		['audio', 'audio/mpeg', 'AAC, M4A, WAV or MP4'],
		['file', 'application/msword', 'PDF'],
	])('as %s is no %s', async (mediaType, mimeType, names) => {
		const { error, calls } = await send([file(`${mimeType}; charset=x`)], mediaType);
		expect(error?.message).toBe(`The file is ${mimeType}; charset=x; as ${mediaType} Instagram takes ${names}`);
		expect(calls).toEqual([]);
	});

	it('cannot be fetched when n8n keeps it in memory', async () => {
		const { error, calls } = await send([file('image/png', 1000, { id: undefined, data: 'aGk=' })]);
		expect(error?.message).toBe('Meta cannot fetch this file: n8n keeps files in memory');
		expect(error?.description).toContain('N8N_DEFAULT_BINARY_DATA_MODE');
		expect(calls).toEqual([]);
	});

	it('that is not there is named by n8n', async () => {
		const calls = listenAt(GRAPH, () => ({}));
		const { error } = await run('message', 'sendMedia', { recipientId: '777', source: 'binary', binaryField: 'picture' });
		expect(error?.message).toContain("binary file 'picture'");
		expect(calls).toEqual([]);
	});
});
