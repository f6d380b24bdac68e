import fc from 'fast-check';
import { matcherFor } from '../../../nodes/InstagramTrigger/pattern/matcher.ts';
import { searchFor, type Search } from '../../../nodes/InstagramTrigger/pattern/search.ts';
import { cpuTimed } from '../../support/cpuTime.mts';
import { runs } from '../../support/long.mts';

const matches = (pattern: string, text: string): boolean | undefined => matcherFor(pattern).matches!(text);

describe('a plain text', () => {
	it.each([
		['price', 'What is the PRICE?', true],
		['  price ', 'prices', true],
		['price', 'prize', false],
		['Öffnung', 'öffnungszeiten', true],
		['größe', 'Gro\u0308ße', true],
		['1+1', 'is 1+1 two', true],
		['1+1', '11', false],
		['/start', 'I type /start', true],
		['👋', 'Hallo 👋', true],
	])('%s in %s: %s', (pattern, text, expected) => {
		expect(matches(pattern, text)).toBe(expected);
	});

	it.each(['', '  '])('that is empty matches everything', (pattern) => {
		expect(matcherFor(pattern)).toEqual({});
	});
});

describe('a regular expression', () => {
	it.each<[string, string, boolean]>([
		['/price/', 'the price', true],
		['/price/', 'the PRICE', false],
		['/price/i', 'the PRICE', true],
		['/^(price|cost)s?$/i', 'Costs', true],
		['/^(price|cost)s?$/i', 'my costs', false],
		['/\\bship(ping)?\\b/i', 'do you ship to Oslo', true],
		['/\\bship(ping)?\\b/i', 'membership', false],
		['/order\\s+#?\\d{4,6}/', 'my order  #12345', true],
		['/order\\s+#?\\d{4,6}/', 'my order 123', false],
		['/^.$/u', '👋', true],
		['/^.$/', '👋', false],
		['/\\p{Emoji_Presentation}/u', 'hi 👋', true],
		['/\\u{1F44B}|\\ud83c\\udf5e/u', '🍞', true],
		['/a.c/', 'a\nc', false],
		['/a.c/s', 'a\nc', true],
		['/^b/m', 'a\nb', true],
		['/^b/', 'a\nb', false],
		['/[^a-c\\]]{2}/', 'ab]d', false],
		['/[^a-c\\]]{2}/', 'ab]de', true],
		['/(?<greeting>hi|hello) (?:there|you)/', 'hello you', true],
		['/x{2}/g', 'axxa', true],
		['/a{,2}/', 'a{,2}', true],
		['/(a*)*b/', 'aaab', true],
		['/\\x41\\t/', 'A\t', true],
	])('%s on %j: %s', (pattern, text, expected) => {
		expect(matches(pattern, text)).toBe(expected);
	});

	it.each([
		['/(/', 'Unterminated group'],
		['/a/y', 'flags other than'],
		['/a/zz', 'Invalid flags'],
		['/(?=a)b/', 'look-around'],
		['/(?<!a)b/', 'look-around'],
		['/(a)\\1/', 'a reference to a group'],
		['/(?<x>a)\\k<x>/', 'a reference to a group'],
		['/(a{50}){50}/', 'more than 500 steps'],
		['/(?:(?:(?:){900}){900}){900}/', 'more than 500 steps'],
	])('%s is refused with what to do', (pattern, why) => {
		const { matches: none, problem } = matcherFor(pattern);
		expect(none).toBeUndefined();
		expect(problem).toMatch(/^"Only Messages That Match" cannot be used\. .*Change the pattern/);
		expect(problem).toContain(why);
	});

	const atom = fc.constantFrom(
		'a',
		'b',
		'.',
		'[ab]',
		'[^a]',
		'\\w',
		'\\s',
		'\\d',
		'\\W',
		'_',
		' ',
		'\\.',
		'[\\]b]',
		'\\b',
		'\\B',
		'^',
		'$',
		'é',
		'👋',
	);
	const { pattern } = fc.letrec<{ pattern: string; term: string; group: string }>((tie) => ({
		group: fc.tuple(fc.constantFrom('(', '(?:', '(?<n>'), tie('pattern')).map(([open, inner]) => `${open}${inner})`),
		term: fc
			.tuple(
				fc.oneof({ maxDepth: 2 }, atom, tie('group')),
				fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{0,1}', '{2,}', '*?', '+?'),
			)
			.map(([one, times]) => (/^(\\[bB]|\^|\$)$/.test(one) ? one : one + times)),
		pattern: fc
			.array(
				fc.array(tie('term'), { maxLength: 3 }).map((terms) => terms.join('')),
				{ minLength: 1, maxLength: 3 },
			)
			.map((parts) => parts.join('|')),
	}));
	const isValid = (source: string, flags: string) => {
		try {
			return Boolean(new RegExp(source, flags));
		} catch {
			return false;
		}
	};

	it("finds what JavaScript's own search finds", () => {
		const text = fc
			.array(fc.constantFrom('a', 'b', 'A', ' ', '\n', '1', '.', '_', ']', 'é', '👋'), { maxLength: 6 })
			.map((characters) => characters.join(''));
		const flags = fc.constantFrom('', 'i', 'm', 's', 'u', 'iu', 'ims', 'gmu');
		fc.assert(
			fc.property(pattern, flags, text, (source, flag, given) => {
				// V8 finds \B between the halves of a character, where ECMAScript has no place in the text.
				fc.pre(isValid(source, flag) && !(flag.includes('u') && source.includes('\\B') && given.includes('👋')));
				let search: Search;
				try {
					search = searchFor(source, flag);
				} catch (error) {
					expect((error as Error).message).toBe('more than 500 steps');
					return;
				}
				expect(search(given)).toBe(new RegExp(source, flag.replace('g', '')).test(given));
			}),
			{ numRuns: runs(10_000) },
		);
	}, 120_000);

	it.each(['(a+)+$', '(a|a)*b', '(.*a){20}b', '.*.*.*.*=x', '^(([a-z])+.)+[A-Z]$', '(?:a?){100}a{100}b'])(
		'takes no longer for a text made to hold it up: %s',
		(source) => {
			const search = searchFor(source, '');
			const { result, ms } = cpuTimed(() => search(`${'a'.repeat(2_200)}!`));
			expect(result).toBe(false);
			expect(ms).toBeLessThan(1_000);
		},
	);
});
