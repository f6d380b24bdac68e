import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { BinaryDataService } from 'n8n-core';
import { formOf, StreamedFile } from '../../../nodes/meta/graph/form.ts';
import { useBinaryFiles } from '../../support/binaryFiles.mts';
import { settledLogin } from '../../support/logins.mts';
import { run } from '../../support/parameters.mts';

const MB = 1024 * 1024;
const pieces =
	(...texts: string[]) =>
	async () =>
		(async function* () {
			for (const text of texts) yield Buffer.from(text);
		})();
const fileOf = (size: number, open = pieces('some ', 'bytes')) =>
	new StreamedFile('menu.pdf', 'application/pdf', size, open);

describe('a file that is read while it is sent', () => {
	it('is a file to everybody who asks, and can be read again', async () => {
		const file = fileOf(10);
		expect([file instanceof File, file.name, file.type, file.size]).toEqual([true, 'menu.pdf', 'application/pdf', 10]);
		for (let time = 0; time < 2; time++) expect(await new Response(file.stream()).text()).toBe('some bytes');
	});

	it('is opened no sooner than it is read', async () => {
		const open = jest.fn(pieces('x'));
		const form = formOf({ message: { a: 1 }, platform: 'instagram' }, 'filedata', fileOf(1, open));
		expect([...form.keys()]).toEqual(['message', 'platform', 'filedata']);
		expect([form.get('message'), form.get('platform')]).toEqual(['{"a":1}', 'instagram']);
		expect(open).not.toHaveBeenCalled();
	});

	it.each([9, 11])('breaks off when it has 10 bytes where %i were announced', async (size) => {
		await expect(new Response(fileOf(size).stream()).text()).rejects.toThrow(
			`The file has 10 bytes instead of ${size}`,
		);
	});
});

describe('an upload from n8n’s storage', () => {
	const files = useBinaryFiles();
	const received: IncomingMessage[] = [];
	let onUpload = (_request: IncomingMessage) => {};
	const meta = createServer((request, response) => {
		if (!request.url?.includes('message_attachments')) return response.end('{"recipient_id":"777","message_id":"m"}');
		received.push(request);
		request.on('end', () => response.end('{"attachment_id":"9"}'));
		onUpload(request);
	});
	beforeAll(async () => await new Promise<void>((done) => meta.listen(0, '127.0.0.1', done)));
	afterAll(async () => {
		meta.closeAllConnections();
		await new Promise((done) => meta.close(done));
	});
	const send = async (bytes: Buffer) => {
		const credentials = settledLogin(
			undefined,
			{},
			{ graphBaseUrl: `http://127.0.0.1:${(meta.address() as AddressInfo).port}` },
		);
		const parameters = { recipientId: '777', mediaType: 'video', source: 'binary', binaryField: '={{ $json.file }}' };
		return await run('message', 'sendMedia', parameters, {
			credentials,
			items: [{ file: await files.store(bytes, 'video/mp4') } as never],
		});
	};

	it('reads no more of a large file than Meta has taken', async () => {
		const opened = jest.spyOn(BinaryDataService.prototype, 'getAsStream');
		const bytes = Buffer.alloc(25 * MB, 'the bytes of a video ');
		// What the system takes in for a slow receiver is its own affair; the rest has to wait in the storage.
		let [readAhead, looks] = [0, 0];
		let upload: ClientRequest | undefined;
		const take = (message: unknown) => {
			const { request } = message as { request: ClientRequest };
			if (request.path.includes('message_attachments')) upload = request;
		};
		subscribe('http.client.request.created', take);
		let stream: { bytesRead: number } | undefined;
		const look = setInterval(() => {
			const socket = upload?.socket;
			if (socket) looks++;
			const sent = socket ? socket.bytesWritten - socket.writableLength : 0;
			readAhead = Math.max(readAhead, (stream?.bytesRead ?? 0) - sent);
		}, 1);
		onUpload = (request) => {
			void (async () => {
				stream = (await opened.mock.results[0].value) as { bytesRead: number };
				await wait(400);
				request.resume();
			})();
		};
		const { error } = await send(bytes);
		clearInterval(look);
		unsubscribe('http.client.request.created', take);
		expect(error).toBeUndefined();
		expect(stream?.bytesRead).toBe(25 * MB);
		expect(upload?.socket?.bytesWritten).toBeGreaterThan(25 * MB);
		expect(looks).toBeGreaterThan(3);
		expect(readAhead).toBeLessThan(MB);
		expect(opened).toHaveBeenCalledTimes(1);
		expect(Number(received[0].headers['content-length'])).toBeGreaterThan(25 * MB);
		opened.mockRestore();
	});
});
