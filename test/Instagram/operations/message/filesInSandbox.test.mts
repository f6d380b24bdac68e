import { createHash } from 'node:crypto';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { APP, jpeg } from '../../../sandbox/support.mts';
import { useBinaryFiles } from '../../../support/binaryFiles.mts';
import { openInbox, type Inbox, type Outcome } from '../../../support/stages/inbox.mts';

const files = useBinaryFiles();
let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
	// Every call has to prove its token, forms too.
	await inbox.control('PATCH', `/apps/${APP.id}`, { requireAppSecret: true });
});
afterEach(async () => await inbox.close());

const PICTURE = jpeg(700, 500);
const PDF = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(3_000_001, 'x'), Buffer.from('\n%%EOF')]);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const send = async (run: Inbox['run'], file: IBinaryData | IBinaryData[], more: IDataObject = {}): Promise<Outcome> =>
	await run(
		'message',
		'sendMedia',
		{ recipientId: inbox.person, source: 'binary', binaryField: '={{ $json.file }}', ...more },
		{ items: [{ file } as never], url: files.url() },
	);
/** What the customer can download of the newest message. */
const received = async () => {
	const { attachments } = (await inbox.seen()).at(-1) as { attachments: Array<{ type: string; url: string }> };
	return await Promise.all(
		attachments.map(async ({ type, url }) => [type, digest(new Uint8Array(await (await fetch(url)).arrayBuffer()))]),
	);
};
const uploads = async () => (await inbox.calls()).filter((call) => call === 'POST /message_attachments').length;

describe('a file of the workflow', () => {
	it.each<['run' | 'runAsInstagram', 'store' | 'inMemory', number]>([
		['run', 'store', 2],
		['run', 'inMemory', 2],
		// Meta fetches it from n8n.
		['runAsInstagram', 'store', 0],
		['runAsInstagram', 'inMemory', 2],
	])('reaches the customer byte by byte: %s, from %s, with %i uploads', async (login, place, count) => {
		const [run, keep] = [inbox[login], files[place]];
		const picture = await send(run, await keep(PICTURE, 'image/jpeg', 'brot.jpg'));
		expect([picture.error, picture.json]).toEqual([
			undefined,
			{ messageId: expect.any(String), recipientId: inbox.person },
		]);
		expect(await received()).toEqual([['image', digest(PICTURE)]]);
		expect(
			(await send(run, await keep(PDF, 'application/pdf', 'Preise für Brötchen 🥐.pdf'), { mediaType: 'file' })).error,
		).toBeUndefined();
		expect(await received()).toEqual([['file', digest(PDF)]]);
		expect(await uploads()).toBe(count);
	});

	it('may be several images, in their order', async () => {
		const pictures = [jpeg(60, 40), jpeg(40, 60), jpeg(50, 50)];
		const { error } = await send(
			inbox.run,
			await Promise.all(pictures.map(async (bytes) => await files.store(bytes, 'image/jpeg'))),
		);
		expect(error).toBeUndefined();
		expect(await received()).toEqual(pictures.map((bytes) => ['image', digest(bytes)]));
	});

	it('can be sent again by its ID, when it was kept or uploaded', async () => {
		const picture = await files.store(PICTURE, 'image/jpeg');
		const again = async (attachmentId: unknown) => {
			expect(
				(
					await inbox.run('message', 'sendMedia', {
						recipientId: inbox.person,
						source: 'attachment',
						attachmentId: String(attachmentId),
					})
				).error,
			).toBeUndefined();
			expect(await received()).toEqual([['image', digest(PICTURE)]]);
		};
		const { json } = await send(inbox.run, picture, { options: { reusable: true } });
		await again(json.attachmentId);
		const both = await send(inbox.run, [picture, picture], { options: { reusable: true } });
		for (const id of both.json.attachmentIds as string[]) await again(id);
		for (const [run, file] of [
			[inbox.run, picture],
			[inbox.runAsInstagram, picture],
			[inbox.runAsInstagram, files.inMemory(PICTURE, 'image/jpeg')],
		] as const) {
			const upload = await run(
				'message',
				'uploadAttachment',
				{ source: 'binary', binaryField: '={{ $json.file }}' },
				{ items: [{ file } as never], url: files.url() },
			);
			expect(upload.json).toEqual({ attachmentId: expect.stringMatching(/^\d+$/), mediaType: 'image' });
			await again(upload.json.attachmentId);
		}
	});

	it('is sent from its beginning when the first try breaks off', async () => {
		await inbox.control('POST', '/faults', { method: 'POST', path: '/message_attachments$', times: 1, reset: 'after' });
		expect(
			(await send(inbox.run, await files.store(PDF, 'application/pdf'), { mediaType: 'file' })).error,
		).toBeUndefined();
		expect([await received(), await uploads()]).toEqual([[['file', digest(PDF)]], 2]);
	});

	it('of another kind than it says is refused by Meta, and no message goes out', async () => {
		const { error } = await send(inbox.run, await files.store(PDF, 'image/png'));
		expect(error?.message).toBe('Meta does not take this file as the chosen media type');
		expect((await inbox.seen()).filter(({ from }) => from === 'account')).toEqual([]);
	});
});
