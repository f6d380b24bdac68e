import { drawPicture, hostPicture } from '../../sandbox/demo/picture.mts';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { outputOf } from '../../sandbox/n8n/drive.mts';
import { ACCOUNT, CUSTOMER, execute, operation, openStage, STAGE_TIMEOUT_MS, type Login } from './support.mts';
import { PNG } from './png.mts';

jest.setTimeout(180_000);

describe('bad input, on a real n8n: one clear message that says what to do', () => {
	let stage: Stage;
	let login: Login;
	let person: string;

	const sendText = (more: object) =>
		operation(login, 'message', 'sendText', { recipientId: person, text: 'Hello', ...more });
	const publish = (more: object) => operation(login, 'post', 'publishImage', { caption: '', options: {}, ...more });
	const fail = async (parameters: object) => {
		const { error } = await execute(stage, login, parameters);
		if (!error) throw new Error('nothing failed');
		return error;
	};
	const noCalls = async (run: () => Promise<unknown>) => {
		const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
		await run();
		expect(await stage.control.requests(since)).toEqual([]);
	};

	beforeAll(async () => {
		stage = await openStage();
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello');
		person = await stage.control.customerId(CUSTOMER, ACCOUNT);
		expect((await execute(stage, login, sendText({ text: 'warm' }))).error).toBeUndefined();
	}, STAGE_TIMEOUT_MS);
	afterEach(async () => {
		await stage.control.call('DELETE', '/faults');
		await stage.control.call('DELETE', '/throttle');
	});
	afterAll(async () => await stage?.close());

	it.each([
		['Recipient', () => sendText({ recipientId: '={{ $json.missing }}' })],
		['Text', () => sendText({ text: '={{ "  " }}' })],
		['Image URL', () => publish({ imageUrl: '={{ "" }}' })],
		[
			'Conversation',
			() =>
				operation(login, 'conversation', 'getMessages', {
					conversationId: { __rl: true, mode: 'id', value: '={{ "" }}' },
				}),
		],
	])('an empty "%s"', async (field, parameters) => {
		await noCalls(async () => {
			const error = await fail(parameters());
			expect(error.message).toContain(`"${field}" is empty`);
			expect(error.description).toContain('Fill it in');
		});
	});

	it('a text over 1,000 bytes', async () => {
		await noCalls(async () => {
			expect((await fail(sendText({ text: 'ü'.repeat(501) }))).message).toBe(
				'The text has 1002 bytes; Instagram takes at most 1000',
			);
		});
		expect((await execute(stage, login, sendText({ text: 'ü'.repeat(500) }))).error).toBeUndefined();
	});

	it('an unknown account, and an open choice', async () => {
		const unknown = await fail({ ...sendText({}), account: { __rl: true, mode: 'id', value: '@nobody' } });
		expect(unknown.message).toBe('The account "@nobody" does not belong to this login');
		expect(unknown.description).toContain('@sandbox_bakery, @sandbox_florist');
		const open = await fail({ ...sendText({}), account: { __rl: true, mode: 'list', value: '' } });
		expect(open.message).toBe('Choose the Instagram account');
	});

	it('a person that the account does not know', async () => {
		const error = await fail(sendText({ recipientId: '999999999999999' }));
		expect(error.message).toBe('No such person for this account');
		expect(error.description).toMatch(/Meta error 100\/2534014, trace \S+\./);
	});

	it('a PNG, a picture that is too wide, and one that cannot be fetched', async () => {
		const png = await hostPicture(PNG, 'image/png');
		const notJpeg = await fail(publish({ imageUrl: png.url }));
		expect(notJpeg.message).toBe('Instagram takes JPEG images only');
		expect(notJpeg.description).toMatch(/Meta error 36001\/2207005, trace \S+\./);
		await png.close();
		const wide = await hostPicture(drawPicture(800, 320));
		const notInShape = await fail(publish({ imageUrl: wide.url }));
		expect(notInShape.message).toBe('The shape of the image is outside what Instagram takes');
		expect(notInShape.description).toMatch(/Crop it.*Meta error 36003\/2207009/s);
		await wide.close();
		const gone = await fail(publish({ imageUrl: png.url }));
		expect(gone.message).toBe('Instagram could not download the media from its URL');
		expect(gone.description).toMatch(/Meta error 9004\/2207052, trace \S+\./);
		await noCalls(async () => {
			expect((await fail(publish({ imageUrl: 'picture.jpg' }))).message).toBe(
				'The address of the image "picture.jpg" is not a web address',
			);
		});
		expect(await stage.control.feed(ACCOUNT)).toHaveLength(1);
	});

	it('a rate limit, with the minutes that Meta asks to wait', async () => {
		// The node remembers what Meta said: the account of the other tests must not have heard it.
		const account = { __rl: true, mode: 'id', value: 'sandbox_florist' };
		await stage.control.call('POST', '/throttle', { code: 80006, account: 'sandbox_florist', minutes: 7 });
		const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
		const error = await fail(operation(login, 'conversation', 'getMany', { account, returnAll: false, limit: 10 }));
		expect(error.message).toBe('The account reached its messaging limit');
		expect(error.description).toMatch(/wait 7 minutes.*Meta error 80006/s);
		// Calling on makes Meta's wait longer.
		expect(await stage.control.requests(since)).toHaveLength(1);
	});

	it('goes on with the other items when the node may', async () => {
		const { items, error } = await execute(
			stage,
			login,
			sendText({ recipientId: '={{ $json.to }}', text: '={{ $json.text }}' }),
			{
				items: [
					{ to: person, text: 'first' },
					{ to: '999999999999999', text: 'second' },
					{ to: person, text: 'third' },
				],
				onError: 'continueRegularOutput',
			},
		);
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{ messageId: expect.any(String), recipientId: person },
			{ error: 'No such person for this account', details: expect.stringContaining('Meta error 100/2534014') },
			{ messageId: expect.any(String), recipientId: person },
		]);
		const texts = (await stage.control.inbox(CUSTOMER, ACCOUNT)).map(({ text }) => text);
		expect(texts.slice(-2)).toEqual(['first', 'third']);
	});

	it('sends failed items to the error output, with what to do', async () => {
		const { execution } = await execute(stage, login, sendText({ recipientId: '={{ $json.to }}' }), {
			items: [{ to: person }, { to: '999999999999999' }],
			onError: 'continueErrorOutput',
		});
		expect(outputOf(execution, 'Instagram', 0)).toHaveLength(1);
		expect(outputOf(execution, 'Instagram', 1)).toEqual([
			{ to: '999999999999999', error: expect.stringMatching(/^No such person for this account\. .*100\/2534014/) },
		]);
	});

	it('never sends twice when the answer is lost, and says that it is unclear', async () => {
		await stage.control.call('POST', '/faults', { method: 'POST', path: '/messages$', times: 1, reset: 'after' });
		const error = await fail(sendText({ text: 'lost answer' }));
		expect(error.message).toBe('No answer came from Meta');
		expect(error.description).toContain('may or may not have been sent');
		const sent = (await stage.control.inbox(CUSTOMER, ACCOUNT)).filter(({ text }) => text === 'lost answer');
		expect(sent).toHaveLength(1);
	});

	it('publishes once when the answer is lost', async () => {
		const picture = await hostPicture();
		await stage.control.call('POST', '/faults', { method: 'POST', path: '/media_publish$', times: 1, reset: 'after' });
		const { items, error } = await execute(stage, login, publish({ imageUrl: picture.url, caption: 'only once' }));
		expect(error).toBeUndefined();
		const posts = (await stage.control.feed(ACCOUNT)).filter(({ caption }) => caption === 'only once');
		expect(posts).toHaveLength(1);
		expect(items[0]).toMatchObject({ id: posts[0].id, permalink: posts[0].permalink });
		await picture.close();
	});

	it('a person outside the 24-hour window', async () => {
		await stage.control.advanceClock(25 * 3600);
		const error = await fail(sendText({}));
		expect(error.message).toBe('The 24-hour window to answer this person is closed');
		expect(error.description).toMatch(/Meta error 10\/2534022, trace \S+\./);
	});

	it('a login that Meta ended', async () => {
		await stage.control.call('POST', '/tokens/invalidate', { kind: 'page', subcode: 460 });
		const error = await fail(sendText({}));
		expect(error.message).toBe('The login ended because the password was changed');
		expect(error.description).toMatch(/connect again.*Meta error 190\/460, trace \S+\./s);
	});
});
