import { BAKERY, call, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('longUser');
});
afterEach(() => sandbox.close());

const batch = async (operations: unknown, more: Json = {}) =>
	sandbox.graph('POST', '/', token, { batch: operations, ...more });
const bodies = ({ body }: { body: Json }): Json[] => (body as Json[]).map((one) => one && JSON.parse(one.body));

describe('a batch', () => {
	it('answers each call for itself, in their order', async () => {
		const answer = await batch([
			{ method: 'GET', relative_url: 'me?fields=id' },
			{ method: 'GET', relative_url: `v25.0/${BAKERY.account}?fields=username` },
			{ method: 'GET', relative_url: '1' },
			{ relative_url: `${FLORIST.account}/media?limit=1` },
		]);
		expect(answer.status).toBe(200);
		const all = answer.body as Json[];
		expect(all.map(({ code }) => code)).toEqual([200, 200, 400, 200]);
		expect(all[0].headers).toContainEqual({ name: 'facebook-api-version', value: 'v25.0' });
		const [me, account, missing, media] = bodies(answer);
		expect(me.id).toEqual(expect.any(String));
		expect(account.username).toBe(BAKERY.username);
		expect(missing.error).toMatchObject({ code: 100, error_subcode: 33 });
		expect(media.data).toHaveLength(1);
	});

	it('takes text, forms, tokens of single calls, and leaves headers out when told', async () => {
		await sandbox.write('customer_one', 'Hi');
		const page = await sandbox.token('page');
		const id = await sandbox.scopedId('customer_one');
		const form = new URLSearchParams({
			recipient: JSON.stringify({ id }),
			message: JSON.stringify({ text: 'Hello' }),
		});
		const operations = [
			{
				method: 'POST',
				relative_url: `${BAKERY.page}/messages`,
				body: form.toString(),
				access_token: page,
			},
		];
		const answer = await call(
			'POST',
			`${sandbox.sandbox.graphUrl}/v25.0/`,
			new URLSearchParams({
				access_token: token,
				batch: JSON.stringify(operations),
				include_headers: 'false',
			}),
		);
		const [sent] = answer.body as unknown as Json[];
		expect(sent).toEqual({ code: 200, body: expect.stringContaining(id) });
		const inbox = await sandbox.control('GET', `/customers/customer_one/inbox?account=${BAKERY.username}`);
		expect(inbox.body.messages.at(-1).text).toBe('Hello');
	});

	it('lets a call use what an earlier one answered', async () => {
		const answer = await batch([
			{ relative_url: `${BAKERY.account}/media?limit=1`, name: 'posts' },
			{ relative_url: '{result=posts:$.data.*.id}?fields=caption' },
			{ relative_url: 'me', name: 'shown', omit_response_on_success: false },
		]);
		const [omitted, media, me] = bodies(answer);
		expect(omitted).toBeNull();
		expect(media.caption).toContain('Welcome');
		expect(me.id).toBeDefined();
	});

	it('counts and logs every call', async () => {
		const { body } = await sandbox.control('GET', '/requests');
		const since = body.requests.length;
		await batch([{ relative_url: 'me' }, { relative_url: 'me/accounts' }]);
		const log = await sandbox.control('GET', `/requests?since=${since}`);
		expect(log.body.requests.map(({ path }: Json) => path)).toEqual(['/', '/me', '/me/accounts']);
	});

	it('has 1 to 50 calls, and a token', async () => {
		const many = Array.from({ length: 51 }, () => ({ relative_url: 'me' }));
		for (const wrong of [[], many, 'nonsense{'])
			expect(refusal(await batch(wrong))).toMatchObject({ status: 400, code: 100 });
		const url = `${sandbox.sandbox.graphUrl}/v25.0/`;
		expect(refusal(await call('POST', url, { batch: '[{"relative_url":"me"}]' })).code).toBe(2500);
	});

	it('works with Instagram Login, too', async () => {
		const account = await sandbox.token('instagram');
		const answer = await sandbox.instagram('POST', '/', account, {
			batch: [{ relative_url: 'me?fields=username' }],
		});
		expect(bodies(answer)[0].username).toBe(BAKERY.username);
	});
});
