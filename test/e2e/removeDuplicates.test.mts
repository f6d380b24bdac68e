import { FormData, fetch } from 'undici';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { activateBehindWebhook, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

describe('Remove Duplicates, on a real n8n with its database', () => {
	let stage: Stage;
	let login: Login;
	let workflow: { id: string; url: string };

	/** What a workflow with the guard behind it lets through of one item. */
	const send = async (body: object, url = workflow.url) => {
		const answer = await fetch(url, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
		});
		return { status: answer.status, text: await answer.text() };
	};
	const guard = async (path: string, more: object = {}) =>
		await activateBehindWebhook(
			stage,
			login,
			path,
			operation(login, 'webhook', 'removeDuplicates', { eventId: '={{ $json.body.eventId }}', ...more }),
		);
	const passes = ({ text }: { text: string }) => text.includes('"eventId"');

	beforeAll(async () => {
		stage = await openStage();
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		workflow = await guard('guard');
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('lets an event through once, with all that came with it, and calls nobody', async () => {
		const first = await send({ eventId: 'a', message: { text: 'Grüße 👋' } });
		expect(first.status).toBe(200);
		expect(JSON.parse(first.text)).toMatchObject({ body: { eventId: 'a', message: { text: 'Grüße 👋' } } });
		const calls = (await stage.control.requests()).length;
		expect(passes(await send({ eventId: 'a' }))).toBe(false);
		expect(passes(await send({ eventId: 'b' }))).toBe(true);
		expect((await stage.control.requests()).length).toBe(calls);
	});

	it('lets files through that came with an event', async () => {
		const form = new FormData();
		form.append('eventId', 'with-file');
		form.append('picture', new Blob(['not really a picture'], { type: 'image/jpeg' }), 'picture.jpg');
		expect((await fetch(workflow.url, { method: 'POST', body: form })).status).toBe(200);
		const [newest] = await stage.client.executions.list(workflow.id);
		const [item] =
			(await stage.client.executions.get(newest.id)).data.resultData.runData.Instagram[0].data?.main?.[0] ?? [];
		expect(item).toMatchObject({
			json: { body: { eventId: 'with-file' } },
			binary: { picture: { fileName: 'picture.jpg', mimeType: 'image/jpeg' } },
		});
	});

	it('remembers over a restart and after a crash', async () => {
		await stage.n8n.restart();
		expect(passes(await send({ eventId: 'a' }))).toBe(false);
		expect(passes(await send({ eventId: 'c' }))).toBe(true);
		await stage.n8n.kill();
		await stage.n8n.restart();
		expect(passes(await send({ eventId: 'c' }))).toBe(false);
		expect(passes(await send({ eventId: 'd' }))).toBe(true);
	});

	it('lets one of many through that come at the same time, and loses none of the others', async () => {
		const twice = ['p', 'q', 'r', 's', 't', 'u'].flatMap((eventId) => [eventId, eventId]);
		const outcomes = await Promise.all(twice.map(async (eventId) => passes(await send({ eventId }))));
		expect(outcomes.filter(Boolean)).toHaveLength(6);
		const again = await Promise.all([...new Set(twice)].map(async (eventId) => passes(await send({ eventId }))));
		expect(again).toEqual([false, false, false, false, false, false]);
	});

	it('tells a node of its own memory from one that is shared, and forgets the oldest first', async () => {
		const small = await guard('small', { remember: 2 });
		for (const eventId of ['1', '2', '3']) expect(passes(await send({ eventId }, small.url))).toBe(true);
		expect(passes(await send({ eventId: '3' }, small.url))).toBe(false);
		expect(passes(await send({ eventId: '1' }, small.url))).toBe(true);
	});

	it('says when an item has no ID', async () => {
		const { status } = await send({ something: 'else' });
		expect(status).toBe(500);
		const [newest] = await stage.client.executions.list(workflow.id);
		const { error } = (await stage.client.executions.get(newest.id)).data.resultData;
		expect(error?.message).toBe('Item 1 has no event ID');
	});
});
