import { startFiles } from './files.mts';
import { APP, BAKERY, IG_APP, eventsOf, jpeg, refusal, start, startEndpoint, subscribe } from './support.mts';
import type { Json, Started } from './support.mts';

/** What Meta's live answers look like where documentation is silent, or says otherwise. */

let sandbox: Started;
let token: string;
const open = async (options: Parameters<typeof start>[0] = {}) => {
	await sandbox?.close();
	sandbox = await start(options);
	token = await sandbox.token('longUser');
};
beforeEach(() => open());
afterAll(() => sandbox.close());

const insights = async (params: Json): Promise<Json> =>
	(await sandbox.graph('GET', `/${BAKERY.account}/insights`, token, params)).body.data[0];
const now = async () => Date.parse((await sandbox.control('GET', '/world')).body.now);

describe('insights of an account', () => {
	const DAY_MS = 86_400_000;
	const day = { metric: 'reach', period: 'day' };

	it('tell two days without a range, each ending at seven o\u2019clock UTC', async () => {
		const ends = (await insights(day)).values.map(({ end_time: end }: Json) => end);
		expect(ends).toEqual([expect.stringMatching(/T07:00:00\+0000$/), expect.stringMatching(/T07:00:00\+0000$/)]);
		expect(Date.parse(ends[1]) - Date.parse(ends[0])).toBe(DAY_MS);
		expect((await now()) - Date.parse(ends[1])).toBeGreaterThanOrEqual(0);
		expect((await now()) - Date.parse(ends[1])).toBeLessThan(DAY_MS);
	});

	it.each([
		['three days', '2026-11-01T00:00:00Z', '2026-11-04T00:00:00Z', ['01', '02', '03']],
		['a day from seven to seven', '2026-11-01T07:00:00Z', '2026-11-02T07:00:00Z', ['02']],
		['a few hours: the day they are part of', '2026-11-01T08:00:00Z', '2026-11-01T12:00:00Z', ['02']],
	])('tell the days that end in a range: %s', async (_name, since, until, days) => {
		const seconds = (time: string) => Date.parse(time) / 1000;
		const { values } = await insights({ ...day, since: seconds(since), until: seconds(until) });
		expect(values.map(({ end_time: end }: Json) => end)).toEqual(days.map((one) => `2026-11-${one}T07:00:00+0000`));
	});

	it('count the followers of the account by country without a timeframe, others only with one', async () => {
		const people = { period: 'lifetime', metric_type: 'total_value', breakdown: 'country' };
		const { total_value: total } = await insights({ metric: 'follower_demographics', ...people });
		expect(total.breakdowns[0].dimension_keys).toEqual(['country']);
		const engaged = { metric: 'engaged_audience_demographics', ...people };
		expect(refusal(await sandbox.graph('GET', `/${BAKERY.account}/insights`, token, engaged))).toMatchObject({
			code: 100,
		});
	});

	it('tell who is online by hour, or an empty object', async () => {
		const online = { metric: 'online_followers', period: 'lifetime' };
		const [{ value, end_time: end }] = (await insights(online)).values;
		expect(Object.keys(value)).toEqual(Array.from({ length: 24 }, (_, hour) => String(hour)));
		expect(end).toMatch(/T07:00:00\+0000$/);
		await open({ onlineFollowers: 'empty' });
		expect((await insights(online)).values).toEqual(
			expect.arrayContaining([{ value: {}, end_time: expect.stringMatching(/T07/) }]),
		);
	});
});

describe('subscribed_apps with Instagram Login', () => {
	const path = '/me/subscribed_apps';

	it('answers an id that is neither app ID, and only the entry of who asks', async () => {
		const instagram = await sandbox.token('instagram');
		const { body: other } = await sandbox.control('POST', '/apps', { name: 'Another' });
		const strange = await sandbox.token('instagram', { app: other.id });
		await sandbox.instagram('POST', path, strange, { subscribed_fields: 'comments' });
		expect((await sandbox.instagram('GET', path, instagram)).body).toEqual({ data: [] });
		await sandbox.instagram('POST', path, instagram, { subscribed_fields: 'messages' });
		const { data } = (await sandbox.instagram('GET', path, instagram)).body;
		expect(data).toEqual([{ id: expect.stringMatching(/^180\d{14}$/), subscribed_fields: ['messages'] }]);
		expect([APP.id, IG_APP.id]).not.toContain(data[0].id);
		expect((await sandbox.instagram('GET', path, instagram)).body.data).toEqual(data);
	});

	it('refuses all fields because of an unknown one, and names it', async () => {
		const instagram = await sandbox.token('instagram');
		await sandbox.instagram('POST', path, instagram, { subscribed_fields: 'comments' });
		const fields = { subscribed_fields: 'messages,message_echoes' };
		const refused = await sandbox.instagram('POST', path, instagram, fields);
		expect(refusal(refused)).toMatchObject({ status: 400, code: 100 });
		expect(refused.body.error.message).toMatch(
			/subscribed_fields\[1\] must be one of \{.*\} - got "message_echoes"\.$/,
		);
		expect((await sandbox.instagram('GET', path, instagram)).body.data[0].subscribed_fields).toEqual(['comments']);
	});
});

describe('usage of the app', () => {
	it('bears other names at graph.instagram.com', async () => {
		await sandbox.control('POST', '/usage', { percent: 42 });
		const facebook = await sandbox.graph('GET', '/me', token);
		expect(JSON.parse(facebook.headers.get('x-app-usage') ?? '')).toEqual({
			call_count: 42,
			total_cputime: 42,
			total_time: 42,
		});
		const instagram = await sandbox.instagram('GET', '/me', await sandbox.token('instagram'));
		expect(JSON.parse(instagram.headers.get('x-app-usage') ?? '')).toEqual({ call_volume: 42, cpu_time: 42 });
		await sandbox.control('POST', '/usage', { percent: 0 });
		const idle = await sandbox.instagram('GET', '/me', await sandbox.token('instagram'));
		expect(JSON.parse(idle.headers.get('x-app-usage') ?? '')).toEqual({ call_volume: 0, cpu_time: 0 });
	});
});

describe('quick replies that ask for a phone number or an email address', () => {
	const send = async (replies: Json[]) => {
		await sandbox.write('customer_one', 'hi');
		const page = await sandbox.token('page', { page: BAKERY.username });
		const { status } = await sandbox.graph('POST', '/me/messages', page, {
			recipient: { id: await sandbox.scopedId('customer_one') },
			message: { text: 'Where do we reach you?', quick_replies: replies },
		});
		const inbox = await sandbox.control('GET', `/customers/customer_one/inbox?account=${BAKERY.username}`);
		const { text, quickReplies } = inbox.body.messages.at(-1);
		return { status, text, quickReplies };
	};
	const dead = [{ content_type: 'user_phone_number' }, { content_type: 'user_email' }];

	it('go out as the text alone, without those buttons', async () => {
		const text = 'Where do we reach you?';
		const yes = { content_type: 'text', title: 'Never mind', payload: 'NO' };
		expect(await send([...dead, yes])).toEqual({
			status: 200,
			text,
			quickReplies: [{ title: 'Never mind', payload: 'NO', contentType: 'text' }],
		});
		const bare = await send(dead);
		expect([bare.status, bare.text, bare.quickReplies ?? []]).toEqual([200, text, []]);
	});
});

describe('a shared story', () => {
	it('comes with the ID and the address of its file, under names of their own', async () => {
		const endpoint = await startEndpoint();
		try {
			await subscribe(sandbox, endpoint.url, 'messages');
			const { body: story } = await sandbox.control('POST', `/accounts/${BAKERY.username}/stories`, {});
			await sandbox.control('POST', '/customers/customer_one/messages', {
				account: BAKERY.username,
				attachments: [{ type: 'ig_story', mediaId: story.id }],
			});
			const [{ message }] = eventsOf(await endpoint.until(1));
			const payload = { story_media_id: story.id, story_media_url: expect.stringContaining('/cdn/') };
			expect(message.attachments).toEqual([{ type: 'ig_story', payload }]);
		} finally {
			await endpoint.close();
		}
	});
});

describe('a new message', () => {
	it.each<[string, string[]]>([
		['beside', ['message', 'message_edit']],
		['instead', ['message_edit']],
	])('is announced as an edit that counts no change, %s the message', async (announced, kinds) => {
		const endpoint = await startEndpoint();
		try {
			await subscribe(sandbox, endpoint.url, 'messages,message_edit');
			const { body } = await sandbox.control('POST', '/customers/customer_one/messages', {
				account: BAKERY.username,
				text: 'Hello',
				announced,
			});
			const events = eventsOf(await endpoint.until(kinds.length));
			expect(events.map((event) => Object.keys(event).at(-1)!).sort()).toEqual(kinds);
			expect(events.find((event) => event.message_edit)!.message_edit).toEqual({ mid: body.mid, num_edit: 0 });
		} finally {
			await endpoint.close();
		}
	});
});

describe('hashtags of a caption', () => {
	let files: Awaited<ReturnType<typeof startFiles>>;
	beforeAll(async () => {
		files = await startFiles({ '/cake.jpg': jpeg(320, 320) });
	});
	afterAll(() => files.close());
	const post = (count: number) =>
		sandbox.graph('POST', `/${BAKERY.account}/media`, token, {
			image_url: `${files.url}/cake.jpg`,
			caption: Array.from({ length: count }, (_, index) => `#tag${index}`).join(' '),
		});

	it.each([
		['five, as live use reports', {}, 5],
		['thirty, as documented', { maxHashtags: 30 }, 30],
	])('are at most %s', async (_name, options, most) => {
		await open(options);
		expect(refusal(await post(most + 1))).toMatchObject({ status: 400, code: 100, subcode: 2207040 });
		expect((await post(most)).status).toBe(200);
	});

	it('are taken off where there are more, if it is told to', async () => {
		await open({ surplusHashtags: 'stripped' });
		const { body } = await post(7);
		expect(sandbox.sandbox.world.containers.get(body.id)?.caption).toBe('#tag0 #tag1 #tag2 #tag3 #tag4');
	});
});
