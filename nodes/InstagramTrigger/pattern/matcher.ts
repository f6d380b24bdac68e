import { UnsupportedPattern } from './parse';
import { searchFor } from './search';

/** What was made of the option: `matches` is absent when everything matches, `problem` says why it cannot be used. */
export type Matcher = { matches?: (text: string) => boolean; problem?: string };

/** Capitals and the ways to write an accent do not matter. */
const plain = (text: string): string => text.normalize('NFC').toLowerCase();

/** The option Only Messages That Match: a text that has to occur, or a regular expression between slashes. */
export function matcherFor(wanted: string): Matcher {
	const pattern = wanted.trim();
	if (pattern === '') return {};
	const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(pattern) ?? [];
	if (source === undefined) return { matches: (text) => plain(text).includes(plain(pattern)) };
	try {
		return { matches: searchFor(source, flags) };
	} catch (error) {
		const why = error instanceof UnsupportedPattern ? `It uses ${error.message}.` : `${(error as Error).message}.`;
		return {
			problem: `"Only Messages That Match" cannot be used. ${why} Change the pattern, or enter a plain text without slashes.`,
		};
	}
}
