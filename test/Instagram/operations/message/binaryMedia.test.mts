import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { useBinaryFiles } from '../../../support/binaryFiles.mts';
import { guardNetwork, line, listenAt } from '../../../support/graph.mts';
import { BAKERY, GRAPH, tokens } from '../../../support/logins.mts';
import { operationOf, run } from '../../../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../../../support/pastedTokens.mts';
import { proofOf } from '../../../support/proofs.mts';
import { runNode } from '../../../support/runNode.mts';
import { BASE } from '../../../support/workflow.mts';

guardNetwork();
const files = useBinaryFiles();

const MB = 1024 * 1024;
const ANSWER = { body: { recipient_id: '777', message_id: 'm', attachment_id: '9' } };
const binary = (given: IBinaryData[], more: IDataObject = {}) => ({
	recipientId: '777',
	source: 'binary',
	binaryField: given.length === 1 ? '={{ $json.files[0] }}' : '={{ $json.files }}',
	...more,
});

/** With an Instagram Login, to which Meta documents addresses only. */
async function sendLink(given: IBinaryData[], more: IDataObject = {}, url?: string) {
	const calls = listenAt(INSTAGRAM, () => ANSWER);
	const credentials = openedLogin(pastedTokens.instagram, {
		kind: 'instagram',
		token: pastedTokens.instagram,
		endsIn: 59,
		renewed: -1,
	});
	const parameters = operationOf('message', 'sendMedia', { authentication: TYPE, ...binary(given, more) });
	return { ...(await runNode({ parameters, credentials, items: [{ files: given } as never], url })), calls };
}

/** With a Facebook Login, whose uploads take bytes. */
async function sendBytes(given: IBinaryData[], more: IDataObject = {}) {
	const calls = listenAt(GRAPH, () => ANSWER);
	return { ...(await run('message', 'sendMedia', binary(given, more), { items: [{ files: given } as never] })), calls };
}

describe('a file of the workflow, with Instagram Login', () => {
	it('goes to Meta as a link that n8n signed', async () => {
		const file = await files.store(Buffer.alloc(1000), 'image/png');
		const { calls, error, items } = await sendLink([file]);
		expect(error).toBeUndefined();
		const { type, payload } = JSON.parse(calls[0].body).message.attachment;
		expect([calls.map(line), type]).toEqual([[`POST /${BAKERY.id}/messages`], 'image']);
		expect(payload.url).toMatch(new RegExp(`^${BASE}/rest/binary-data/signed\\?token=eyJ[\\w.-]+$`));
		const claims = JSON.parse(Buffer.from(payload.url.split('.')[2], 'base64url').toString());
		expect([claims.id, claims.exp - claims.iat]).toEqual([file.id, 3600]);
		// The link opens the file to anybody: it must not lie in an item.
		expect(JSON.stringify(items)).not.toContain('token');
	});

	it('may be several images, and may be kept for later', async () => {
		const given = [await files.store(Buffer.alloc(10), 'image/png'), await files.store(Buffer.alloc(10), 'image/jpeg')];
		const { calls } = await sendLink(given, { options: { reusable: true } });
		const { attachments } = JSON.parse(calls[0].body).message;
		expect(attachments.map(({ payload }: { payload: object }) => Object.keys(payload))).toEqual([
			['url', 'is_reusable'],
			['url', 'is_reusable'],
		]);
	});

	it.each<[string, string | undefined, 'store' | 'inMemory']>([
		['this n8n is not public', 'http://localhost:5678', 'store'],
		['n8n keeps files in memory', undefined, 'inMemory'],
	])('is uploaded where %s', async (_name, url, place) => {
		const { calls, error } = await sendLink([await files[place](Buffer.from('bytes'), 'image/gif')], {}, url);
		expect(error).toBeUndefined();
		expect(calls.map(line)).toEqual([`POST /${BAKERY.id}/message_attachments`, `POST /${BAKERY.id}/messages`]);
		expect(calls[0].body).toContain('bytes');
		expect(calls[0].body).not.toMatch(/platform|appsecret_proof/);
		expect(JSON.parse(calls[1].body).message.attachment).toEqual({ type: 'image', payload: { attachment_id: '9' } });
	});
});

describe('a file of the workflow, with Facebook Login', () => {
	const fieldsOf = (form: string) =>
		[
			...form.matchAll(/form-data; name="(\w+)"(?:; filename="([^"]*)"\r\nContent-Type: (\S+))?\r\n\r\n([^\r]*)\r\n/g),
		].map(([, ...parts]) => parts);

	it('goes to Meta as a form with the proof of the token, and to the person by its ID', async () => {
		const { calls, error } = await sendBytes([
			await files.store(Buffer.from('bytes'), 'image/png', 'Brötchen "frisch"\n🥐.png'),
		]);
		expect(error).toBeUndefined();
		expect(calls.map((call) => [line(call), call.authorization])).toEqual(
			['message_attachments', 'messages'].map((edge) => [`POST /${BAKERY.pageId}/${edge}`, `Bearer ${tokens.bakery}`]),
		);
		expect(calls[0].headers['content-type']).toMatch(/^multipart\/form-data; boundary=\S+$/);
		expect(Number(calls[0].headers['content-length'])).toBe(calls[0].body.length);
		expect(fieldsOf(calls[0].body)).toEqual([
			['platform', undefined, undefined, 'instagram'],
			['message', undefined, undefined, '{"attachment":{"type":"image","payload":{"is_reusable":true}}}'],
			['filedata', 'Brotchen %22frisch%22.png', 'image/png', 'bytes'],
			['appsecret_proof', undefined, undefined, proofOf(tokens.bakery)],
		]);
		expect(JSON.parse(calls[1].body).message.attachment).toEqual({ type: 'image', payload: { attachment_id: '9' } });
	});

	it('proves a pasted token in the same way', async () => {
		const calls = listenAt(GRAPH, () => ANSWER);
		const credentials = openedLogin(pastedTokens.user, { kind: 'facebookUser', token: 'EAAstored000' });
		const file = files.inMemory(Buffer.from('bytes'), 'image/png');
		await runNode({
			parameters: operationOf('message', 'uploadAttachment', { authentication: TYPE, ...binary([file]) }),
			credentials,
			items: [{ files: [file] } as never],
		});
		expect(fieldsOf(calls[0].body).find(([name]) => name === 'appsecret_proof')?.[3]).toBe(proofOf(tokens.bakery));
	});
});

describe.each([
	['Instagram Login', sendLink],
	['Facebook Login', sendBytes],
])('what n8n refuses before any call, with %s', (_name, send) => {
	it.each([
		['image', 'image/png', 8],
		['video', 'video/quicktime', 25],
		['audio', 'audio/x-wav', 25],
		['file', 'application/pdf', 25],
	])('%s: %s of one byte too many', async (mediaType, mimeType, max) => {
		const whole = await send([await files.store(Buffer.alloc(max * MB), mimeType)], { mediaType });
		expect([whole.error, whole.calls.at(-1)?.path]).toEqual([undefined, expect.stringMatching(/\/messages$/)]);
		const { error, calls } = await send([await files.store(Buffer.alloc(max * MB + 1), mimeType)], { mediaType });
		expect(error?.message).toBe(
			`The file has ${max * MB + 1} bytes; as ${mediaType} Instagram takes at most ${max * MB} (${max} MB)`,
		);
		expect(calls).toEqual([]);
	});

	it.each([
		['image', 'image/webp', 'PNG, JPEG or GIF'],
		['video', 'video/x-matroska', 'MP4, OGG, AVI, MOV or WebM'],
		['audio', 'audio/mpeg', 'AAC, M4A, WAV or MP4'],
		['file', 'application/msword', 'PDF'],
	])('%s: %s', async (mediaType, mimeType, names) => {
		const { error, calls } = await send([files.inMemory(Buffer.alloc(10), `${mimeType}; charset=x`)], { mediaType });
		expect(error?.message).toBe(`The file is ${mimeType}; charset=x; as ${mediaType} Instagram takes ${names}`);
		expect(calls).toEqual([]);
	});
});

it('a file that is not there is named by n8n', async () => {
	const calls = listenAt(GRAPH, () => ({}));
	const { error } = await run('message', 'sendMedia', { recipientId: '777', source: 'binary', binaryField: 'picture' });
	expect(error?.message).toContain("binary file 'picture'");
	expect(calls).toEqual([]);
});
