import { APP, BAKERY } from '../../../sandbox/support.mts';
import { openInbox, type Inbox } from '../../../support/stages/inbox.mts';

const DAY = 86_400;

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
});
afterEach(async () => await inbox.close());

const to = (more: object = {}) => ({ recipientId: inbox.person, ...more });
const reactions = async () => (await inbox.seen())[0].reactions;
/** The address of a picture without what changes from call to call: when it ends, and the signature of that. */
const withoutEnd = (address: unknown) => {
	const url = new URL(String(address));
	for (const part of ['ext', 'signature']) {
		expect(url.searchParams.get(part)).toBeTruthy();
		url.searchParams.delete(part);
	}
	return url.href;
};

describe('reactions and signs of life', () => {
	it('are put on a message and taken off, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const put = await run('message', 'react', to({ messageId: inbox.mid, reaction: '🥐' }));
			expect(put.json).toEqual({ recipientId: inbox.person, messageId: inbox.mid, reaction: '🥐' });
			expect(await reactions()).toMatchObject([{ by: 'account', emoji: '🥐' }]);
			const love = await run('message', 'react', to({ messageId: inbox.mid }));
			expect(love.json.reaction).toBe('love');
			expect(await reactions()).toMatchObject([{ by: 'account', reaction: 'love' }]);
			const off = await run('message', 'removeReaction', to({ messageId: inbox.mid }));
			expect(off.json).toEqual({ recipientId: inbox.person, messageId: inbox.mid });
			expect(await reactions()).toEqual([]);
		}
	});

	it('typing and seen are taken, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const done = [
				await run('message', 'showTyping', to()),
				await run('message', 'hideTyping', to()),
				await run('message', 'markSeen', to()),
			];
			expect(done.map(({ json, error }) => json ?? error)).toEqual(Array(3).fill({ recipientId: inbox.person }));
		}
	});
});

describe('the window', () => {
	it('is over after a day, but for a human agent, and there is a word on what to do', async () => {
		await inbox.advance(DAY + 60);
		const late = await inbox.run('message', 'sendText', to({ text: 'Sorry, we were closed' }));
		expect(late.error?.message).toBe('The 24-hour window to answer this person is closed');
		const agent = await inbox.runAsInstagram(
			'message',
			'sendText',
			to({ text: 'Sorry, we were closed', options: { humanAgent: true } }),
		);
		expect(agent.error).toBeUndefined();
		expect((await inbox.seen()).at(-1)?.text).toBe('Sorry, we were closed');
		await inbox.control('PATCH', `/apps/${APP.id}`, { humanAgent: false });
		const refused = await inbox.run('message', 'sendSticker', to({ options: { humanAgent: true } }));
		expect(refused.error?.message).toBe('The Meta app lacks the capability for this call');
	});
});

describe('a private reply', () => {
	const comment = async () =>
		(await inbox.control('POST', '/customers/customer_two/comments', { account: BAKERY.username, text: 'Price?' })).body
			.id as string;

	it('reaches the person behind a comment, once, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const commentId = await comment();
			const first = await run('message', 'replyPrivately', { commentId, text: 'Three euros, ä' });
			expect(first.json).toEqual({
				messageId: expect.stringMatching(/^aWdf/),
				recipientId: await inbox.scopedId('customer_two'),
				commentId,
				sentAs: 'text',
			});
			const again = await run('message', 'replyPrivately', { commentId, text: 'Hello?' });
			expect(again.error?.message).toBe('This comment cannot be answered in private');
		}
		const { body } = await inbox.control('GET', `/customers/customer_two/inbox?account=${BAKERY.username}`);
		expect(body.messages.map(({ text }: { text: string }) => text)).toEqual(['Three euros, ä', 'Three euros, ä']);
	});

	it.each<[string, object, string, object]>([
		[
			'quick replies',
			{ replyType: 'quickReplies', text: 'Which?', quickReplies: { reply: [{ title: 'Rye' }] } },
			'messages',
			{ text: 'Rye', quickReplyPayload: 'Rye' },
		],
		[
			'buttons',
			{ replyType: 'buttons', templateText: 'Which?', buttons: { button: [{ type: 'postback', title: 'Rye' }] } },
			'postbacks',
			{ title: 'Rye', payload: 'Rye' },
		],
	])('has %s, whose tap opens the window that the reply does not, with either login', async (_name, more, act, tap) => {
		for (const [who, run] of Object.entries({ customer_two: inbox.run, customer_three: inbox.runAsInstagram })) {
			const { id } = (
				await inbox.control('POST', `/customers/${who}/comments`, { account: BAKERY.username, text: 'Price?' })
			).body;
			const reply = await run('message', 'replyPrivately', { commentId: id, ...more });
			expect(reply.json).toMatchObject({ commentId: id, sentAs: (more as { replyType: string }).replyType });
			const further = { recipientId: reply.json.recipientId, text: 'Three euros' };
			const early = await run('message', 'sendText', further);
			expect(early.error?.message).toBe('The 24-hour window to answer this person is closed');
			await inbox.control('POST', `/customers/${who}/${act}`, { account: BAKERY.username, ...tap });
			expect((await run('message', 'sendText', further)).error).toBeUndefined();
		}
	});

	it('comes too late after a week', async () => {
		const commentId = await comment();
		await inbox.advance(7 * DAY + 1);
		const { error } = await inbox.run('message', 'replyPrivately', { commentId, text: 'Three euros' });
		expect(error?.message).toBe('This comment cannot be answered in private');
	});
});

describe('a person', () => {
	it('has a profile, with either login', async () => {
		await inbox.control('POST', '/customers/customer_one/follows', { account: BAKERY.username });
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const { json } = await run('person', 'getProfile', { personId: inbox.person });
			expect(json).toEqual({
				id: inbox.person,
				username: 'customer_one',
				name: 'Customer One',
				pictureUrl: expect.stringMatching(/^http/),
				followers: 42,
				followsAccount: true,
				isFollowedByAccount: false,
				isVerified: false,
			});
			const raw = await run('person', 'getProfile', { personId: inbox.person, simplify: false });
			expect(raw.json).toMatchObject({ is_user_follow_business: true, id: inbox.person });
			expect(withoutEnd(raw.json.profile_pic)).toBe(withoutEnd(json.pictureUrl));
		}
	});

	it('who only commented has not agreed to share it', async () => {
		await inbox.control('POST', '/customers/customer_three/comments', { account: BAKERY.username, text: 'Nice' });
		const personId = await inbox.scopedId('customer_three');
		const { error } = await inbox.run('person', 'getProfile', { personId });
		expect(error?.message).toBe('This person has not agreed to share their profile');
		expect(error?.description).toMatch(/a comment is not enough.*Meta error 230/);
	});

	it('is blocked, unblocked and moved to spam', async () => {
		const blocked = await inbox.run('person', 'block', { personId: inbox.person, alsoSpam: true });
		expect(blocked.json).toEqual({ personId: inbox.person, blocked: true, movedToSpam: true });
		expect((await inbox.run('message', 'sendText', to({ text: 'x' }))).error?.message).toBe(
			'No such person for this account',
		);
		expect((await inbox.run('person', 'unblock', { personId: inbox.person })).json).toEqual({
			personId: inbox.person,
			blocked: false,
		});
		expect((await inbox.run('message', 'sendText', to({ text: 'x' }))).error).toBeUndefined();
		expect((await inbox.run('person', 'moveToSpam', { personId: inbox.person })).json).toEqual({
			personId: inbox.person,
			movedToSpam: true,
		});
		const thread = [...inbox.sandbox.world.threads.values()].find(({ scopedId }) => scopedId === inbox.person);
		expect(thread?.moderation).toEqual({ blocked: false, spam: true });
	});

	it('without a conversation cannot be blocked, and it is said why, after one call', async () => {
		await inbox.control('POST', '/customers/customer_three/comments', { account: BAKERY.username, text: 'Nice' });
		const { error } = await inbox.run('person', 'block', { personId: await inbox.scopedId('customer_three') });
		expect(error?.message).toBe('Meta could not do this to the conversation');
		expect(error?.description).toMatch(/There must be a conversation.*Meta error 1,/);
		expect((await inbox.calls()).filter((call) => call === 'POST /moderate_conversations')).toHaveLength(1);
	});
});
