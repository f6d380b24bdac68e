import { createHash } from 'node:crypto';
import { fetch } from 'undici';
import { hostPicture, type HostedPicture } from '../../sandbox/demo/picture.mts';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { errorOf, type WorkflowNode } from '../../sandbox/n8n/drive.mts';
import {
	ACCOUNT,
	ACTION,
	connectInstagram,
	CUSTOMER,
	operation,
	openStage,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(120_000);

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const link = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });

describe('files of a workflow in direct messages, on a real n8n', () => {
	let stage: Stage;
	let facebook: Login;
	let instagram: Login;
	let person: string;
	let picture: HostedPicture;

	/** Downloads a picture as a person would, and sends it on from n8n's own storage. */
	async function sendOn(login: Login, name: string, more: object) {
		const parameters = operation(login, 'message', name, more);
		const nodes = [
			{
				id: '1',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '2',
				name: 'Download',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [0, 0],
				parameters: { url: picture.url, options: { response: { response: { responseFormat: 'file' } } } },
			},
			{
				id: '3',
				name: 'Instagram',
				type: ACTION,
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { [login.type]: login.credential },
			},
		] as WorkflowNode[];
		const workflow = await stage.client.workflows.import({
			name: 'binary',
			nodes,
			connections: { Start: link('Download'), Download: link('Instagram') },
		});
		await stage.client.executions.run(workflow.id, { trigger: 'Start' });
		const execution = await stage.client.executions.waitFor(workflow.id);
		const items = execution.data.resultData.runData.Instagram?.at(-1)?.data?.main?.[0] ?? [];
		return { error: errorOf(execution), json: items[0]?.json };
	}
	const received = async () => {
		const { messages } = await stage.control.call<{
			messages: Array<{ attachments: Array<{ type: string; url: string }> }>;
		}>('GET', `/customers/${CUSTOMER}/inbox?account=${ACCOUNT}`);
		return messages.at(-1)?.attachments ?? [];
	};
	const digestOf = async (url: string) => digest(new Uint8Array(await (await fetch(url)).arrayBuffer()));

	beforeAll(async () => {
		stage = await openStage();
		facebook = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		instagram = await connectInstagram(stage);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Can I see it?');
		person = await stage.control.customerId(CUSTOMER, ACCOUNT);
		picture = await hostPicture();
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await picture?.close();
		await stage?.close();
	});

	it.each([
		[
			'uploaded with Facebook Login',
			() => facebook,
			'message_attachments',
			() => `"filedata":"[${picture.bytes.length} bytes]"`,
		],
		[
			'fetched from n8n through a signed link with Instagram Login',
			() => instagram,
			'messages',
			() => `${stage.n8n.url}/rest/binary-data/signed?token=`,
		],
	])('reach the customer byte by byte, %s', async (_name, login, edge, sign) => {
		const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
		const { error, json } = await sendOn(login(), 'sendMedia', {
			recipientId: person,
			mediaType: 'image',
			source: 'binary',
			binaryField: 'data',
		});
		expect(error).toBeUndefined();
		expect(json).toEqual({ messageId: expect.any(String), recipientId: person });
		const [attachment] = await received();
		expect([attachment.type, await digestOf(attachment.url)]).toEqual(['image', digest(picture.bytes)]);
		const calls = (await stage.control.requests(since)).filter(({ path }) => /\/message(s|_attachments)$/.test(path));
		expect(calls[0].path).toMatch(new RegExp(`/${edge}$`));
		expect(JSON.stringify(calls[0].body)).toContain(sign());
	});

	it('are uploaded once and sent again by their ID', async () => {
		for (const login of [facebook, instagram]) {
			const upload = await sendOn(login, 'uploadAttachment', {
				mediaType: 'image',
				source: 'binary',
				binaryField: 'data',
			});
			expect(upload.error).toBeUndefined();
			const { error } = await sendOn(login, 'sendMedia', {
				recipientId: person,
				mediaType: 'image',
				source: 'attachment',
				attachmentId: upload.json?.attachmentId,
			});
			expect(error).toBeUndefined();
			expect(await digestOf((await received())[0].url)).toBe(digest(picture.bytes));
		}
	});

	it('of the wrong kind, or none at all, are refused before Meta is asked', async () => {
		const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
		const asPdf = await sendOn(facebook, 'sendMedia', {
			recipientId: person,
			mediaType: 'file',
			source: 'binary',
			binaryField: 'data',
		});
		expect(asPdf.error?.message).toBe('The file is image/jpeg; as file Instagram takes PDF');
		const missing = await sendOn(facebook, 'sendMedia', {
			recipientId: person,
			mediaType: 'image',
			source: 'binary',
			binaryField: 'photo',
		});
		expect(missing.error?.message).toContain("'photo'");
		expect(await stage.control.requests(since)).toEqual([]);
	});
});
