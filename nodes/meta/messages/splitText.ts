import { MESSAGE_TEXT_MAX_BYTES } from '../constants';

const segments = (text: string, granularity: 'word' | 'grapheme'): string[] =>
	[...new Intl.Segmenter(undefined, { granularity }).segment(text)].map(({ segment }) => segment);

/** Ways to cut a text, from the gentlest on: between words, within languages that put no blanks, between signs. */
const CUTS: Array<(text: string) => string[]> = [
	(text) => text.match(/\s*\S+/g) ?? [],
	(text) => segments(text, 'word'),
	(text) => segments(text, 'grapheme'),
	(text) => [...text],
];

const fits = (text: string): boolean => Buffer.byteLength(text, 'utf8') <= MESSAGE_TEXT_MAX_BYTES;

function cut(text: string, level: number): string[] {
	const parts: string[] = [];
	for (const piece of CUTS[level](text)) {
		const longer = `${parts.at(-1) ?? ''}${piece}`;
		const alone = piece.trimStart();
		if (parts.length > 0 && fits(longer)) parts[parts.length - 1] = longer;
		else if (fits(alone)) parts.push(alone);
		else parts.push(...cut(alone, level + 1));
	}
	return parts;
}

/**
 * Cuts a text into parts that Instagram takes, at most 1,000 bytes each. Nothing but blanks between parts is lost, and
 * neither a word nor an emoji is torn apart unless it is longer than a part. A text that fits stays as it is.
 */
export function splitText(text: string): string[] {
	return fits(text) ? [text] : cut(text, 0);
}
