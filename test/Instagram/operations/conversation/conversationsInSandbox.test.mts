import { BAKERY } from '../../../sandbox/support.mts';
import { openInbox, type Inbox } from '../../../support/stages/inbox.mts';

const INSTAGRAM_INBOX = '1217981644879628';

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
});
afterEach(async () => await inbox.close());

const who = (more: object = {}) => ({ personId: inbox.person, ...more });
const find = async () => (await inbox.run('conversation', 'find', who())).json;
const owner = async () => (await inbox.run('conversation', 'getOwner', who())).json;
const say = async (text: string) => await inbox.run('message', 'sendText', { recipientId: inbox.person, text });

describe('a conversation', () => {
	it('is found by the person, or told not to be there, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const known = await run('conversation', 'find', who());
			expect(known.json).toEqual({
				found: true,
				id: expect.any(String),
				conversationWith: inbox.person,
				username: 'customer_one',
				updatedAt: expect.stringMatching(/Z$/),
			});
			const nobody = await run('conversation', 'find', { personId: '5000000000000000' });
			expect(nobody.json).toEqual({ found: false, id: null, conversationWith: '5000000000000000' });
		}
	});

	it('has messages with attachments, shares, stories and reactions, with either login', async () => {
		await inbox.control('POST', '/customers/customer_one/messages', {
			account: BAKERY.username,
			attachments: [{ type: 'image' }],
		});
		await inbox.control('POST', '/customers/customer_one/storyMentions', { account: BAKERY.username });
		await inbox.control('POST', '/customers/customer_one/messages', {
			account: BAKERY.username,
			attachments: [{ type: 'ig_reel' }],
		});
		await inbox.control('POST', '/customers/customer_one/reactions', {
			account: BAKERY.username,
			mid: inbox.mid,
			reaction: 'love',
		});
		const { id } = await find();
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const { all } = await run('conversation', 'getMessages', {
				conversationId: { __rl: true, mode: 'id', value: id },
			});
			expect(all).toHaveLength(4);
			const [reel, story, image, text] = all;
			expect(reel.shares).toEqual([{ id: null, url: expect.stringMatching(/^http/), name: null }]);
			expect(story.story).toEqual({ kind: 'mention', id: expect.any(String), url: expect.stringMatching(/^http/) });
			expect(image.attachments).toMatchObject([
				{ type: 'image', url: expect.stringMatching(/^http/), mimeType: 'image/jpeg', size: expect.any(Number) },
			]);
			expect(text).toMatchObject({
				id: inbox.mid,
				text: 'Hello, do you ship?',
				from: inbox.person,
				isFromAccount: false,
				reactions: [{ reaction: 'love', by: inbox.person }],
			});
			const one = await run('message', 'get', { messageId: inbox.mid });
			expect(one.json).toEqual(text);
			const raw = await run('message', 'get', { messageId: inbox.mid, simplify: false });
			expect(raw.json).toMatchObject({
				id: inbox.mid,
				message: 'Hello, do you ship?',
				to: { data: [{ id: BAKERY.account }] },
			});
		}
	});

	it('is read over all its pages', async () => {
		for (let index = 0; index < 105; index++) await inbox.write('customer_one', `message ${index}`);
		const { id } = await find();
		const before = (await inbox.calls()).length;
		const { all } = await inbox.run('conversation', 'getMessages', { conversationId: String(id), returnAll: true });
		expect(new Set(all.map((message) => message.id)).size).toBe(106);
		expect((await inbox.calls()).length - before).toBe(2);
	});

	it('tells which messages are too old for details, and reads no details of those', async () => {
		for (let index = 0; index < 22; index++) await inbox.write('customer_one', `message ${index}`);
		const { id } = await find();
		const before = (await inbox.calls()).length;
		const { all } = await inbox.run('conversation', 'getMessages', {
			conversationId: String(id),
			returnAll: true,
			options: { readMissing: true },
		});
		expect(all).toHaveLength(23);
		expect(all.filter(({ from }) => from === null)).toHaveLength(3);
		expect((await inbox.calls()).length - before).toBe(1);
		const gone = await inbox.run('message', 'get', { messageId: inbox.mid });
		expect(gone.error?.message).toBe('This message is gone or too old to read');
	});

	it('has an open window with its end, read in one call with either login', async () => {
		await say('Yes!');
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const before = (await inbox.calls()).length;
			const { json } = await run('conversation', 'getWindow', who());
			const at = Date.parse(String(json.lastMessageFromPersonAt));
			expect(Math.abs(Date.now() - at)).toBeLessThan(10_000);
			expect(json).toEqual({
				conversationId: expect.any(String),
				conversationWith: inbox.person,
				isOpen: true,
				closesAt: new Date(at + 86_400_000).toISOString(),
				isOpenForHumanAgent: true,
				closesForHumanAgentAt: new Date(at + 7 * 86_400_000).toISOString(),
				lastMessageFromPersonAt: json.lastMessageFromPersonAt,
				basedOn: 'lastMessageFromPerson',
			});
			expect((await inbox.calls()).slice(before)).toEqual(['GET /conversations']);
		}
		const none = await inbox.run('conversation', 'getWindow', { personId: '5000000000000000' });
		expect(none.json).toMatchObject({
			conversationId: null,
			isOpen: false,
			isOpenForHumanAgent: false,
			closesAt: null,
			basedOn: 'noConversation',
		});
	});
});

describe('control of a conversation', () => {
	it('is nobody’s, this app’s, passed on, taken back and released', async () => {
		expect(await owner()).toEqual({
			conversationWith: inbox.person,
			isControlled: false,
			isThisApp: false,
			appId: null,
			expiresAt: null,
		});
		await say('mine');
		expect(await owner()).toMatchObject({
			isControlled: true,
			isThisApp: true,
			expiresAt: expect.stringMatching(/Z$/),
		});
		const passed = await inbox.run(
			'conversation',
			'passControl',
			who({ target: 'instagramInbox', options: { metadata: 'Refund' } }),
		);
		expect(passed.json).toEqual({ conversationWith: inbox.person, passedTo: INSTAGRAM_INBOX });
		expect(await owner()).toMatchObject({ isControlled: true, isThisApp: false, appId: null });
		expect((await say('not mine')).error?.message).toBe('Another app controls this conversation');
		expect((await inbox.run('conversation', 'takeControl', who())).json).toEqual({
			conversationWith: inbox.person,
			taken: true,
		});
		expect((await say('mine again')).error).toBeUndefined();
		expect((await inbox.run('conversation', 'releaseControl', who())).json).toEqual({
			conversationWith: inbox.person,
			released: true,
		});
		expect(await owner()).toMatchObject({ isControlled: false });
	});

	it('goes to any app of the Page, and to no other', async () => {
		const appId = inbox.sandbox.world.apps.keys().next().value;
		expect((await inbox.run('conversation', 'passControl', who({ target: 'app', targetAppId: appId }))).json).toEqual({
			conversationWith: inbox.person,
			passedTo: appId,
		});
		expect((await inbox.run('conversation', 'passControl', who({ target: 'default' }))).json).toEqual({
			conversationWith: inbox.person,
			passedTo: null,
		});
		await inbox.run('conversation', 'takeControl', who());
		expect(
			(await inbox.run('conversation', 'passControl', who({ target: 'app', targetAppId: '1' }))).error?.message,
		).toBe('Param target_app_id names no app of this Page');
	});

	it('is extended up to seven days, by its owner', async () => {
		expect((await inbox.run('conversation', 'extendControl', who())).error?.message).toBe(
			'Another app controls this conversation',
		);
		await say('mine');
		expect((await inbox.run('conversation', 'extendControl', who({ hours: 168 }))).json).toEqual({
			conversationWith: inbox.person,
			extendedByHours: 168,
		});
		const until = Date.parse(String((await owner()).expiresAt));
		expect(Math.abs(until - Date.now() - 7 * 86_400_000)).toBeLessThan(10_000);
	});

	it('is requested where nothing routes, and cannot be taken there', async () => {
		expect((await inbox.run('conversation', 'requestControl', who())).error?.message).toBe(
			'Control is not requested while conversation routing is enabled',
		);
		await inbox.setRouting(false);
		expect(
			(await inbox.run('conversation', 'requestControl', who({ options: { metadata: 'I know them' } }))).json,
		).toEqual({ conversationWith: inbox.person, requested: true });
		expect((await inbox.run('conversation', 'takeControl', who())).error?.message).toBe(
			'Conversation routing is not enabled for this account',
		);
	});

	it('is handed over together with a message', async () => {
		const send = async (options: object) =>
			await inbox.run('message', 'sendText', { recipientId: inbox.person, text: 'A colleague takes over', options });
		expect((await send({ threadControl: 'pass', passToAppId: 263902037430900 })).error).toBeUndefined();
		expect((await send({})).error?.message).toBe('Another app controls this conversation');
		await inbox.run('conversation', 'takeControl', who());
		expect((await send({ threadControl: 'release' })).error).toBeUndefined();
		expect(await owner()).toMatchObject({ isControlled: false });
	});
});
