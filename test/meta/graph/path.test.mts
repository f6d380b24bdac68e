import { graphPath } from '../../../nodes/meta/graph/path.ts';
import { newMessageId, newThreadId } from '../../../sandbox/world/ids.mts';

const post = '17895695668004550';

describe('the path of a call', () => {
	it.each([
		post,
		`${post}_1784`,
		'aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEO',
		'm_Aa-b_c',
		'YQ==',
		newMessageId('1', '2'),
		newThreadId('1', '2'),
	])('takes %s, as Meta hands out IDs', (id) =>
		expect(graphPath`/${id}/messages`).toBe(`/${encodeURIComponent(id)}/messages`),
	);

	it('takes words of the code as they are, and several IDs', () => {
		expect(graphPath`/me/accounts`).toBe('/me/accounts');
		expect(graphPath`/${post}/x/${'1'}`).toBe(`/${post}/x/1`);
	});

	it.each([
		...['', ' ', '.', '..', '../', '../me', 'a/b', 'a\\b', '%2e%2e', '%2F', `${post}?method=delete&a=`, `${post}#x`],
		...['me', 'debug_token', 'undefined', 'null', '[object Object]', 'https://evil.example', '//evil.example', '@x'],
		...[`${post}\r\nX: 1`, `${post}\u0000`, ` ${post}`, '１２３', 'é', 'A'.repeat(501), '__proto__'],
	])('refuses %j, and says what an ID is', (value) => {
		expect(() => graphPath`/${value}/comments`).toThrow(/is no ID of Meta\. An ID is a long number or word from/);
	});

	it('quotes no more of a long value than one can read', () => {
		expect(() => graphPath`/${'/'.repeat(10_000)}`).toThrow(/^"\/{60}…" is no ID/);
	});

	it('is built here alone: a text of another kind does not compile', () => {
		// @ts-expect-error a plain text is no path
		const path: ReturnType<typeof graphPath> = `/${post}`;
		expect(path).toBe(graphPath`/${post}`);
	});
});
