import { nextCursor, withoutTokens } from '../../../nodes/meta/graph/paging.ts';

const TOKEN = 'EAAb0123456789';
const address = (query: string) => `https://graph.facebook.com/v25.0/17/media${query}`;
const page = (query: string, after = 'QVFI') => ({ cursors: { before: 'MAZ', after }, next: address(query) });

describe('withoutTokens', () => {
	it.each([
		[`?access_token=${TOKEN}`, ''],
		[`?access_token=${TOKEN}&limit=25&after=QVFI`, '?limit=25&after=QVFI'],
		[`?limit=25&access_token=${TOKEN}&after=QVFI`, '?limit=25&after=QVFI'],
		[`?limit=25&access_token=${TOKEN}`, '?limit=25'],
		[`?appsecret_proof=00ff&limit=25&ACCESS_TOKEN=${TOKEN}`, '?limit=25'],
		['?fields=id%2Ccaption&limit=25', '?fields=id%2Ccaption&limit=25'],
	])('leaves of the address %s the rest', (given, left) => {
		expect(withoutTokens({ paging: { next: address(given), previous: address(given) } })).toEqual({
			paging: { next: address(left), previous: address(left) },
		});
	});

	it('works on every level, and changes nothing else', () => {
		const inner = {
			data: [{ id: '2', likes: { data: [], paging: page(`?access_token=${TOKEN}`) } }],
			paging: page(`?access_token=${TOKEN}`),
		};
		const answer = {
			data: [{ id: '1', count: 0, none: null, comments: inner }],
			discovery: { media: inner },
			paging: page(`?limit=1&access_token=${TOKEN}`),
		};
		const clean = withoutTokens(answer);
		expect(JSON.stringify(clean)).not.toContain(TOKEN);
		expect(JSON.stringify(clean)).toBe(
			JSON.stringify(answer).replaceAll(`?access_token=${TOKEN}`, '').replaceAll(`&access_token=${TOKEN}`, ''),
		);
	});

	it('leaves what people wrote as it is', () => {
		const written = {
			message: `https://a.example/?access_token=${TOKEN}`,
			next: `?access_token=${TOKEN}`,
			list: [null, 1, 'paging'],
		};
		expect(withoutTokens(written)).toEqual(written);
		for (const odd of [{ paging: null }, { paging: 'x' }, { paging: {} }, null, 'text', 7, undefined])
			expect(() => withoutTokens(odd)).not.toThrow();
	});
});

describe('nextCursor', () => {
	it('is there only where a page follows, also after the token is gone', () => {
		expect(nextCursor(withoutTokens({ data: [], paging: page(`?access_token=${TOKEN}`) }))).toBe('QVFI');
		expect(nextCursor({ data: [], paging: { cursors: { after: 'QVFI' } } })).toBeUndefined();
		expect(nextCursor({ data: [] })).toBeUndefined();
	});
});
