import { BAKERY, holdEvents, start, startEndpoint, subscribeBoth } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let flush: Awaited<ReturnType<typeof holdEvents>>;
beforeEach(async () => {
	sandbox = await start();
	endpoint = await startEndpoint();
	await subscribeBoth(sandbox, endpoint.url, FIELDS);
	flush = await holdEvents(sandbox, endpoint);
});
afterEach(async () => {
	await sandbox.close();
	await endpoint.close();
});

const FIELDS = ['messages', 'message_echoes', 'messaging_referral', 'messaging_postbacks'];
const FEEDBACK = ['messaging_optins', 'response_feedback', 'messaging_policy_enforcement'];
const act = async (name: string, body: Json = {}, customer = 'customer_one') => {
	const path = `/customers/${customer}/${name}`;
	return (await sandbox.control('POST', path, { account: BAKERY.username, ...body })).body;
};
const owner = async (name: string, body: Json = {}) =>
	(await sandbox.control('POST', `/accounts/${BAKERY.username}/${name}`, body)).body;
/** What both logins got to hear; they have to agree. */
const heard = async (): Promise<Json[]> => {
	const { facebook, instagram } = await flush();
	const bare = (events: Json[]) => JSON.stringify(events).replace(/https?:[^"]+/g, 'URL');
	expect(bare(instagram)).toBe(bare(facebook));
	return facebook;
};

describe('attachments', () => {
	it.each(['image', 'video', 'audio', 'file'])('%s comes with a URL that works', async (type) => {
		await act('messages', { attachments: [{ type }] });
		const [{ message }] = await heard();
		expect(message.attachments).toEqual([{ type, payload: { url: expect.any(String) } }]);
		const answer = await fetch(message.attachments[0].payload.url);
		expect(answer.status).toBe(200);
		const wanted = { image: 'image/jpeg', video: 'video/mp4', audio: 'audio/mp4' }[type];
		expect(answer.headers.get('content-type')).toBe(wanted ?? 'application/pdf');
	});

	it('of shared posts and reels name the media', async () => {
		const { id } = await act('posts', { caption: 'Look' });
		await act('messages', { attachments: [{ type: 'ig_post', mediaId: id }] });
		await act('messages', { attachments: [{ type: 'ig_reel', mediaId: id }] });
		const [post, reel] = (await heard()).map(({ message }) => message.attachments[0]);
		const url = expect.any(String);
		expect(post).toEqual({
			type: 'ig_post',
			payload: { ig_post_media_id: id, title: 'Look', url },
		});
		expect(reel).toEqual({ type: 'ig_reel', payload: { reel_video_id: id, title: 'Look', url } });
	});

	it('that vanish have no URL', async () => {
		await act('messages', { attachments: [{ type: 'ephemeral' }] });
		expect((await heard())[0].message.attachments).toEqual([{ type: 'ephemeral' }]);
	});

	it('that are stickers are silent with Facebook Login and images with the other', async () => {
		await act('messages', { attachments: [{ type: 'sticker' }] });
		const { facebook, instagram } = await flush();
		expect(facebook).toEqual([]);
		const [{ message }] = instagram;
		expect(message.attachments[0].type).toBe('image');
	});

	it('of another kind are refused', async () => {
		const answer = await sandbox.control('POST', '/customers/customer_one/messages', {
			account: BAKERY.username,
			attachments: [{ type: 'share' }],
		});
		expect(answer.status).toBe(400);
	});
});

describe('stories', () => {
	it('that are answered are named, with a picture until they end', async () => {
		const { id } = await owner('stories', { linkStickerUrl: 'https://bakery.example/bread' });
		await act('messages', { text: 'Yummy', replyToStory: true });
		const [{ message }] = await heard();
		expect(message).toEqual({
			mid: expect.any(String),
			text: 'Yummy',
			reply_to: {
				story: { id, url: expect.any(String), link_sticker_url: 'https://bakery.example/bread' },
			},
		});
		expect((await fetch(message.reply_to.story.url)).status).toBe(200);
		const page = await sandbox.token('page');
		const story = async () => (await sandbox.graph('GET', `/${message.mid}`, page, { fields: 'story' })).body.story;
		expect(await story()).toEqual({ reply_to: { id, link: expect.any(String) } });
		await sandbox.advance(86_401);
		expect((await fetch(message.reply_to.story.url)).status).toBe(403);
		expect(await story()).toEqual({ reply_to: { id } });
		const path = '/customers/customer_one/messages';
		const late = { account: BAKERY.username, text: 'Late', replyToStory: id };
		expect((await sandbox.control('POST', path, late)).status).toBe(404);
	});

	it('of people who mention the account come as a message, those of private people do not', async () => {
		await sandbox.control('PATCH', '/customers/customer_two', { isPrivate: true });
		expect((await act('storyMentions', {}, 'customer_two')).mid).toBeNull();
		await act('storyMentions');
		const [{ message }] = await heard();
		expect(message.attachments).toEqual([{ type: 'story_mention', payload: { url: expect.any(String) } }]);
		const page = await sandbox.token('page');
		const read = await sandbox.graph('GET', `/${message.mid}`, page, { fields: 'story' });
		expect(read.body.story.mention.link).toContain('/cdn/');
		await owner('follows', { customer: 'customer_two' });
		expect((await act('storyMentions', {}, 'customer_two')).mid).toEqual(expect.any(String));
	});
});

describe('where people come from', () => {
	it('is told with the first message of somebody who clicked an ad or a product', async () => {
		await act('messages', { text: 'Hi', ad: { id: '77', ref: 'spring', title: 'Bread' } });
		await act('messages', { text: 'This one?', productId: '4711' });
		const [ad, product] = (await heard()).map(({ message }) => message.referral);
		expect(ad).toEqual({
			ref: 'spring',
			ad_id: '77',
			source: 'ADS',
			type: 'OPEN_THREAD',
			ads_context_data: { ad_title: 'Bread' },
		});
		expect(product).toEqual({ product: { id: '4711' } });
	});

	it('is told when an ig.me link opens a known conversation', async () => {
		await act('messages', { text: 'Hi' });
		await act('referrals', { ref: 'flyer' });
		const referral = { ref: 'flyer', source: 'SHORTLINK', type: 'OPEN_THREAD' };
		expect((await heard())[1].referral).toEqual(referral);
	});

	it('waits for the first word or tap in a new conversation', async () => {
		await act('referrals', { ref: 'flyer' });
		await act('postbacks', { title: 'Hours', payload: 'HOURS' });
		await act('messages', { text: 'Hi' });
		const [{ postback }, { message }] = await heard();
		expect(postback.referral).toMatchObject({ ref: 'flyer' });
		expect(message.referral).toBeUndefined();
	});
});

describe('special messages', () => {
	it('that webhooks do not carry are flagged', async () => {
		await act('messages', { unsupported: true });
		await act('messages', { unsupported: 'attachment' });
		const [flag, attachment] = (await heard()).map(({ message }) => message);
		expect(flag).toEqual({ mid: expect.any(String), is_unsupported: true });
		expect(attachment.attachments).toEqual([{ type: 'unsupported_type' }]);
	});

	it('to oneself are echoes and self, need no window, and are told from postbacks', async () => {
		const { mid } = await owner('messages', { to: BAKERY.username, text: 'Note' });
		const [{ sender, recipient, message }] = await heard();
		expect(sender.id).toBe(BAKERY.account);
		expect(message).toEqual({ mid, text: 'Note', is_echo: true, is_self: true });
		await sandbox.advance(3 * 86_400);
		const page = await sandbox.token('page');
		const sent = await sandbox.graph('POST', `/${BAKERY.page}/messages`, page, {
			recipient,
			message: { text: 'By API' },
		});
		expect(sent.body.recipient_id).toBe(recipient.id);
		expect((await heard())[0].message).toMatchObject({ is_self: true, text: 'By API' });
		await act('postbacks', { title: 'Hours', payload: 'HOURS' }, BAKERY.username);
		expect((await heard())[0]).toMatchObject({ is_self: true, postback: { title: 'Hours' } });
	});

	it('of the business are echoed when edited or deleted by hand, and as a field of their own', async () => {
		await subscribeBoth(sandbox, endpoint.url, ['message_echoes', 'message_edit']);
		await owner('messages', { to: 'customer_one', text: 'One' });
		await owner('edits', { to: 'customer_one', text: 'Two' });
		const { facebook, instagram } = await flush();
		expect(facebook).toHaveLength(1);
		expect(facebook[0]).toMatchObject({ message_edit: { text: 'Two', num_edit: 1 } });
		expect(instagram[0].message.is_echo).toBe(true);
	});
});

describe('what else people and Meta do', () => {
	it('reaches the logins that have a field for it', async () => {
		await subscribeBoth(sandbox, endpoint.url, FEEDBACK);
		const { mid } = await owner('messages', { to: 'customer_one', text: 'Hello' });
		await act('optins', { payload: 'NEWS', title: 'Bread news' });
		await act('feedback', { mid, feedback: 'bad' });
		await owner('policy', { action: 'warning', reason: 'Too many' });
		const { facebook, instagram } = await flush();
		const [optin] = instagram;
		expect(optin.optin).toMatchObject({ type: 'notification_messages', payload: 'NEWS' });
		expect(facebook.map((event) => Object.keys(event).at(-1)).sort()).toEqual([
			'policy_enforcement',
			'response_feedback',
		]);
		const policy = facebook.find((event) => event.policy_enforcement);
		expect(policy).toEqual({
			recipient: { id: BAKERY.account },
			timestamp: expect.any(Number),
			policy_enforcement: { action: 'warning', reason: 'Too many' },
		});
	});

	it('a block keeps the business from writing', async () => {
		const id = (await act('messages', { text: 'Hi' })) && (await sandbox.scopedId('customer_one'));
		await owner('policy', { action: 'block' });
		const page = await sandbox.token('page');
		const send = () =>
			sandbox.graph('POST', `/${BAKERY.page}/messages`, page, {
				recipient: { id },
				message: { text: 'Hello' },
			});
		expect((await send()).body.error).toMatchObject({ code: 100, error_subcode: 2534029 });
		await owner('policy', { action: 'unblock' });
		expect((await send()).status).toBe(200);
	});
});
