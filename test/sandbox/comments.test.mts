import { BAKERY, call, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
let media: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('page', { page: BAKERY.username });
	media = (await sandbox.graph('GET', `/${BAKERY.account}/media`, token)).body.data[0].id;
});
afterEach(() => sandbox.close());

const comment = async (text: string, more: Json = {}): Promise<string> =>
	(
		await sandbox.control('POST', '/customers/customer_one/comments', {
			account: BAKERY.username,
			text,
			...more,
		})
	).body.id;

describe('comments', () => {
	it('reads, answers, hides and deletes', async () => {
		const first = await comment('How much?');
		const { body: reply } = await sandbox.graph('POST', `/${first}/replies`, token, {
			message: 'Five',
		});
		await sandbox.graph('POST', `/${reply.id}/replies`, token, { message: 'Or six' });
		const fields = 'id,text,username,from,hidden,media{id},replies{text,parent_id}';
		const { body } = await sandbox.graph('GET', `/${media}/comments`, token, { fields });
		expect(body.data).toEqual([
			expect.objectContaining({
				id: first,
				username: 'customer_one',
				hidden: false,
				media: { id: media },
				replies: expect.objectContaining({
					data: [
						{ id: reply.id, text: 'Five', parent_id: first },
						expect.objectContaining({ text: 'Or six', parent_id: first }),
					],
				}),
			}),
		]);
		expect((await sandbox.graph('POST', `/${first}`, token, { hide: true })).body).toEqual({
			success: true,
		});
		expect(refusal(await sandbox.graph('POST', `/${first}/replies`, token, { message: 'x' }))).toMatchObject({
			code: 100,
		});
		expect((await sandbox.graph('DELETE', `/${first}`, token)).body).toEqual({ success: true });
		expect(refusal(await sandbox.graph('GET', `/${first}`, token))).toMatchObject({
			code: 100,
			subcode: 33,
		});
	});

	it('pages by fifty, newest first', async () => {
		for (let number = 1; number <= 52; number += 1) await comment(`c${number}`);
		const { body } = await sandbox.graph('GET', `/${media}/comments`, token, { limit: 100 });
		expect(body.data).toHaveLength(50);
		expect(body.data[0].text).toBe('c52');
		const { body: rest } = await call('GET', body.paging.next);
		expect(rest.data.map(({ text }: Json) => text)).toEqual(['c2', 'c1']);
	});

	it('can be switched off', async () => {
		expect((await sandbox.graph('POST', `/${media}`, token, { comment_enabled: false })).body).toEqual({
			success: true,
		});
		expect(refusal(await sandbox.graph('POST', `/${media}/comments`, token, { message: 'x' }))).toMatchObject({
			code: 100,
		});
	});
});
