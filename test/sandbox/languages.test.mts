import { BAKERY, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

describe('languages', () => {
	const failures = async (): Promise<Json[]> => [
		(await sandbox.graph('GET', '/me', 'EAAnonsense')).body.error,
		(await sandbox.instagram('GET', '/17', await sandbox.token('instagram'))).body.error,
		(
			await sandbox.graph('POST', `/${BAKERY.account}/media_publish`, await sandbox.token('page'), {
				creation_id: '1',
			})
		).body.error,
	];
	const TEXTS = ['message', 'error_user_title', 'error_user_msg', 'fbtrace_id'];
	const numbers = (error: Json) => Object.fromEntries(Object.entries(error).filter(([name]) => !TEXTS.includes(name)));

	it.each(['de_DE', 'es_ES', 'ja_JP'])('says the same in %s, with the same numbers', async (locale) => {
		const english = await failures();
		expect((await sandbox.control('POST', '/locale', { locale })).body).toEqual({ ok: true });
		const other = await failures();
		expect(other.map(numbers)).toEqual(english.map(numbers));
		for (const [index, error] of other.entries()) {
			expect(Object.keys(error)).toEqual(Object.keys(english[index]));
			for (const name of ['message', 'error_user_title', 'error_user_msg'])
				if (name in error) expect(error[name]).not.toBe(english[index][name]);
		}
		await sandbox.control('POST', '/locale', { locale: 'en_US' });
		expect((await failures())[0].message).toBe(english[0].message);
	});

	it('keeps the code in front, can be set at the start, and knows a few languages only', async () => {
		await sandbox.close();
		sandbox = await start({ locale: 'de_DE' });
		const answer = await sandbox.graph('GET', `/${BAKERY.account}`, await sandbox.token('user'), {
			fields: 'shoe_size',
		});
		expect(answer.body.error.message).toMatch(/^\(#100\) Ein Parameter/);
		expect((await sandbox.control('POST', '/locale', { locale: 'tlh' })).status).toBe(400);
	});
});
