import fc from 'fast-check';
import { splitText } from '../../../nodes/meta/messages/splitText.ts';

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');
const solid = (text: string) => text.replace(/\s+/g, '');

/** Texts as people write them: words of several scripts, emoji of several code points, blanks of all kinds. */
const word = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map(solid),
	fc.constantFrom('Brötchen', 'パンをください', 'ขนมปัง', '👩‍👩‍👧‍👦', '🏳️‍🌈', 'https://bakery.example/a?b=c#d'),
	fc.integer({ min: 300, max: 700 }).map((length) => 'é'.repeat(length)),
);
const text = fc
	.array(fc.tuple(fc.constantFrom(' ', '\n', '\n\n', '   ', '\u00a0', ''), word), { maxLength: 120 })
	.map((pieces) => pieces.flat().join(''));

describe('splitText', () => {
	it('leaves a text that fits as it is, blanks included', () => {
		fc.assert(
			fc.property(
				text.filter((sample) => bytes(sample) <= 1000),
				(sample) => expect(splitText(sample)).toEqual([sample]),
			),
		);
		expect(splitText(` ${'a'.repeat(998)} `)).toEqual([` ${'a'.repeat(998)} `]);
	});

	it('makes parts that Instagram takes, and loses nothing but blanks between them', () => {
		fc.assert(
			fc.property(
				text.filter((sample) => bytes(sample) > 1000 && sample.trim() !== ''),
				(sample) => {
					const parts = splitText(sample);
					expect(parts.map(bytes).filter((size) => size > 1000 || size === 0)).toEqual([]);
					expect(parts.map(solid).join('')).toBe(solid(sample));
				},
			),
		);
	});

	it('cuts between words where it can', () => {
		const words = Array.from({ length: 400 }, (_, index) => `wört${index}`);
		const parts = splitText(words.join(' '));
		expect(parts.length).toBeGreaterThan(2);
		expect(parts.flatMap((part) => part.split(' '))).toEqual(words);
	});

	it('fills the parts: no two neighbours would fit into one', () => {
		const parts = splitText('sieben '.repeat(600));
		for (let index = 1; index < parts.length; index++)
			expect(bytes(`${parts[index - 1]} ${parts[index]}`)).toBeGreaterThan(index === parts.length - 1 ? 0 : 1000);
		expect(parts).toHaveLength(Math.ceil((600 * 7) / 1001));
	});

	it('keeps the blanks inside a part', () => {
		const [first] = splitText(`Dear Anna,\n\n  welcome!\n${'x'.repeat(500)} ${'y'.repeat(600)}`);
		expect(first).toBe(`Dear Anna,\n\n  welcome!\n${'x'.repeat(500)}`);
	});

	it.each([
		['an emoji of several code points', '👩‍👩‍👧‍👦'.repeat(60)],
		['a flag', '🇳🇴'.repeat(300)],
		['an accent that stands alone', 'e\u0301'.repeat(500)],
	])('tears no %s apart', (_name, sample) => {
		const whole = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(sample)][0].segment;
		const parts = splitText(sample);
		expect(parts.length).toBeGreaterThan(1);
		for (const part of parts) expect(part.replaceAll(whole, '')).toBe('');
	});

	it('cuts Japanese between words although no blanks tell where', () => {
		const sample = 'ありがとうございます。パンをください。'.repeat(30);
		const boundaries = new Set(
			[...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(sample)].map(({ index }) => index),
		);
		const parts = splitText(sample);
		expect(parts.length).toBeGreaterThan(1);
		let at = 0;
		for (const part of parts) {
			expect(bytes(part)).toBeLessThanOrEqual(1000);
			expect(boundaries).toContain(at);
			at += part.length;
		}
		expect(at).toBe(sample.length);
	});
});
