import { BAKERY, call, jpeg, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
let id: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('page', { page: BAKERY.username });
	await sandbox.write('customer_one', 'hello');
	id = await sandbox.scopedId('customer_one');
});
afterEach(() => sandbox.close());

const say = (message: Json) => sandbox.graph('POST', `/${BAKERY.page}/messages`, token, { recipient: { id }, message });

describe('attachment upload', () => {
	const upload = async (bytes: Buffer, type: string, name = 'picture.jpg') => {
		const form = new FormData();
		form.set('platform', 'instagram');
		form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
		form.set('filedata', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), name);
		const url = `${sandbox.sandbox.graphUrl}/v25.0/${BAKERY.page}/message_attachments`;
		const answer = await fetch(url, {
			method: 'POST',
			body: form,
			headers: { authorization: `Bearer ${token}` },
		});
		return { status: answer.status, body: (await answer.json()) as Json, headers: answer.headers };
	};

	it('takes a multipart file, checks it by its bytes, and lets it be sent', async () => {
		const { body } = await upload(jpeg(30, 30), 'image');
		expect(body.attachment_id).toMatch(/^\d+$/);
		expect((await say({ attachment: { type: 'image', payload: { attachment_id: body.attachment_id } } })).status).toBe(
			200,
		);
		expect(refusal(await upload(jpeg(30, 30), 'file'))).toMatchObject({
			code: 100,
			subcode: 2018047,
		});
	});

	it('refuses file names beyond ASCII', async () => {
		expect(refusal(await upload(jpeg(30, 30), 'image', 'Käse.jpg'))).toMatchObject({ code: 100 });
	});

	it('refuses text in place of a file, and needs the platform', async () => {
		const message = { attachment: { type: 'image', payload: {} } };
		const post = (params: Json) => sandbox.graph('POST', `/${BAKERY.page}/message_attachments`, token, params);
		expect(refusal(await post({ message, platform: 'instagram', filedata: 'x' }))).toMatchObject({
			code: 100,
		});
		expect(refusal(await post({ message, platform: 'instagram' }))).toMatchObject({
			code: 100,
			subcode: 2534015,
		});
		expect(refusal(await post({ message }))).toMatchObject({ code: 100 });
	});
});

describe('messenger profile', () => {
	const path = `/${BAKERY.page}/messenger_profile`;
	const menu = [
		{
			locale: 'default',
			call_to_actions: [{ type: 'postback', title: 'Hours', payload: 'HOURS' }],
		},
	];
	const questions = (count: number) => [
		{
			locale: 'default',
			call_to_actions: Array.from({ length: count }, (_, index) => ({
				question: `Q${index}`,
				payload: 'P',
			})),
		},
	];
	const set = (params: Json) => sandbox.graph('POST', path, token, { platform: 'instagram', ...params });
	it('takes one entry per locale', async () => {
		const [entry] = menu;
		const english = { ...entry, locale: 'en_GB' };
		expect((await set({ persistent_menu: [entry, english] })).body).toEqual({ success: true });
		for (const wrong of [[entry, entry], [entry, { ...entry, locale: 'English' }], [english]])
			expect(refusal(await set({ persistent_menu: wrong }))).toMatchObject({ code: 100 });
	});

	const get = async (fields: string) =>
		(await sandbox.graph('GET', path, token, { platform: 'instagram', fields })).body.data;

	it('sets, reads and deletes ice breakers and menu', async () => {
		expect((await set({ ice_breakers: questions(4) })).body).toEqual({ success: true });
		expect((await set({ persistent_menu: menu })).body).toEqual({ success: true });
		expect(await get('ice_breakers')).toEqual(questions(4));
		expect(await get('persistent_menu')).toEqual([{ persistent_menu: menu }]);
		const gone = await call(
			'DELETE',
			`${sandbox.sandbox.graphUrl}/v25.0${path}?platform=instagram&fields=%5B%22ice_breakers%22%5D`,
			undefined,
			{ authorization: `Bearer ${token}` },
		);
		expect(gone.body).toEqual({ success: true });
		expect(await get('ice_breakers')).toEqual([]);
	});

	it('refuses five questions, a missing default locale, and the Messenger platform', async () => {
		expect(refusal(await set({ ice_breakers: questions(5) }))).toMatchObject({ code: 100 });
		expect(refusal(await set({ persistent_menu: [{ ...menu[0], locale: 'de_DE' }] }))).toMatchObject({ code: 100 });
		expect(refusal(await set({ platform: 'messenger', persistent_menu: menu }))).toMatchObject({
			code: 100,
		});
		expect(refusal(await set({ greeting: 'hi' }))).toMatchObject({ code: 100 });
	});
});

describe('moderation', () => {
	const moderate = (actions: string[], ids: string[] = [id]) =>
		sandbox.graph('POST', `/${BAKERY.page}/moderate_conversations`, token, {
			user_ids: ids.map((one) => ({ id: one })),
			actions,
		});

	it('works on the account as well, with the Page token', async () => {
		const body = { user_ids: [{ id }], actions: ['move_to_spam'] };
		const path = `/${BAKERY.account}/moderate_conversations`;
		expect((await sandbox.graph('POST', path, token, body)).body).toEqual({ success: true });
		const user = await sandbox.token('longUser');
		expect(refusal(await sandbox.graph('POST', path, user, body))).toMatchObject({ code: 190 });
	});

	it('blocks and unblocks: nothing comes in, nothing goes out', async () => {
		expect((await moderate(['block_user'])).body).toEqual({ success: true });
		expect(refusal(await say({ text: 'x' }))).toMatchObject({ code: 100, subcode: 2534014 });
		await sandbox.write('customer_one', 'are you there?');
		const read = await sandbox.graph('GET', `/${BAKERY.page}/conversations`, token, {
			platform: 'instagram',
			fields: 'messages{message}',
		});
		expect(JSON.stringify(read.body)).not.toContain('are you there');
		await moderate(['unblock_user']);
		expect((await say({ text: 'x' })).status).toBe(200);
	});

	it('refuses contradictions, Messenger actions, strangers and too many people', async () => {
		expect(refusal(await moderate(['block_user', 'unblock_user']))).toMatchObject({ code: 100 });
		expect(refusal(await moderate(['ban_user']))).toMatchObject({ code: 100 });
		expect(refusal(await moderate(['dance']))).toMatchObject({ code: 100 });
		expect(refusal(await moderate(['block_user'], ['5000000000000000']))).toMatchObject({
			code: 100,
		});
		expect(
			refusal(
				await moderate(
					['block_user'],
					Array.from({ length: 11 }, () => id),
				),
			),
		).toMatchObject({ code: 100 });
	});
});

describe('conversation routing', () => {
	const control = (edge: string, params: Json = {}) =>
		sandbox.graph('POST', `/${BAKERY.page}/${edge}_thread_control`, token, {
			recipient: { id },
			...params,
		});
	const owner = async () =>
		(await sandbox.graph('GET', `/${BAKERY.page}/thread_owner`, token, { recipient: id })).body.data;

	it('passes control away, which stops sending, and takes it back', async () => {
		expect(await owner()).toEqual([]);
		expect((await say({ text: 'mine' })).status).toBe(200);
		expect((await owner())[0].thread_owner).toHaveProperty('app_id');
		expect((await control('pass', { target_app_id: '1217981644879628' })).body).toEqual({
			success: true,
		});
		expect(refusal(await say({ text: 'x' }))).toMatchObject({ code: 100, subcode: 2534037 });
		expect((await owner())[0].thread_owner).not.toHaveProperty('app_id');
		expect((await control('take')).body).toEqual({ success: true });
		expect((await say({ text: 'mine again' })).status).toBe(200);
		expect((await control('release')).body).toEqual({ success: true });
		expect(await owner()).toEqual([]);
	});

	it('hands over together with a message', async () => {
		const send = (thread_control: Json, messaging_type = 'RESPONSE') =>
			sandbox.graph('POST', `/${BAKERY.page}/messages`, token, {
				recipient: { id },
				message: { text: 'A colleague takes over' },
				messaging_type,
				thread_control,
			});
		expect(refusal(await send({ control_type: 'release' }, 'UPDATE'))).toMatchObject({ code: 100 });
		expect(refusal(await send({ control_type: 'pass', app_id: '1' }))).toMatchObject({ code: 100 });
		expect((await send({ control_type: 'pass', app_id: '263902037430900' })).status).toBe(200);
		expect(refusal(await say({ text: 'x' }))).toMatchObject({ code: 100, subcode: 2534037 });
	});

	it('refuses what does not fit', async () => {
		expect(refusal(await control('pass', { target_app_id: '1' }))).toMatchObject({ code: 100 });
		expect(refusal(await control('request'))).toMatchObject({ code: 100 });
		expect(refusal(await control('extend'))).toMatchObject({ code: 100, subcode: 2534037 });
		await say({ text: 'mine' });
		expect(refusal(await control('extend', { duration: 604_801 }))).toMatchObject({ code: 100 });
		expect((await control('extend', { duration: 604_800 })).body).toEqual({ success: true });
	});
});
