/** What a pattern is made of. A counted repetition has a finite `max`. */
export type Pattern =
	| { type: 'character'; source: string }
	| { type: 'assertion'; source: '^' | '$' | '\\b' | '\\B' }
	| { type: 'sequence'; parts: Pattern[] }
	| { type: 'either'; parts: Pattern[] }
	| { type: 'repeat'; part: Pattern; min: number; max: number };

/** A pattern that is valid in JavaScript, but needs going back in the text. */
export class UnsupportedPattern extends Error {}

const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y;
const CHARACTER = /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|[^])|[^]/iy;
const UNICODE_CHARACTER =
	/\\(?:u\{[0-9a-f]+\}|ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|u[0-9a-f]{4}|x[0-9a-f]{2}|p\{[^}]*\}|c[a-z]|[^])|[^]/iuy;
const ASSERTION = /[\^$]|\\[bB]/y;
const GROUP = /\((?:\?:|\?<(?![=!])[^>]*>|(?!\?))/y;
const QUANTIFIER = /([*+?]|\{(\d+)(,(\d*))?\})\??/y;
/** References to groups, and what has other meanings without the flag u. */
const REFERENCE = /\\(?:[1-9]|k|0\d|c(?![a-z]))/iy;

/**
 * Parses the source of a regular expression that JavaScript has found valid.
 * @throws UnsupportedPattern for look-around and references to groups
 */
export function parsePattern(source: string, isUnicode: boolean): Pattern {
	let at = 0;
	const take = (expected: RegExp): RegExpExecArray | null => {
		expected.lastIndex = at;
		const found = expected.exec(source);
		if (found) at = expected.lastIndex;
		return found;
	};

	const quantified = (part: Pattern): Pattern => {
		const found = take(QUANTIFIER);
		if (!found) return part;
		const [, sign, least, range, most] = found;
		if (least === undefined)
			return { type: 'repeat', part, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
		const max = range === undefined ? Number(least) : most === '' ? Infinity : Number(most);
		return { type: 'repeat', part, min: Number(least), max };
	};

	const term = (): Pattern => {
		const assertion = take(ASSERTION);
		if (assertion) return { type: 'assertion', source: assertion[0] as '^' };
		if (take(GROUP)) {
			const inner = alternatives();
			at++;
			return quantified(inner);
		}
		if (source[at] === '(') throw new UnsupportedPattern('look-around, as in (?=...)');
		if (take(REFERENCE)) throw new UnsupportedPattern('a reference to a group, as in \\1');
		const character = take(CLASS) ?? take(isUnicode ? UNICODE_CHARACTER : CHARACTER);
		return quantified({ type: 'character', source: character?.[0] ?? '' });
	};

	const sequence = (): Pattern => {
		const parts: Pattern[] = [];
		while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(term());
		return { type: 'sequence', parts };
	};

	const alternatives = (): Pattern => {
		const parts = [sequence()];
		while (source[at] === '|') {
			at++;
			parts.push(sequence());
		}
		return parts.length === 1 ? parts[0] : { type: 'either', parts };
	};

	return alternatives();
}
