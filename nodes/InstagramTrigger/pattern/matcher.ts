import { UnsupportedPattern } from './parse';
import { searchFor, type Search } from './search';

/** What was made of the option: `matches` is absent when everything matches, `problem` says why it cannot be used. */
export type Matcher = { matches?: Search; problem?: string };

/** No language stacks more marks on a letter, and putting a run of marks in order takes a time that grows with its square. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Capitals and the ways to write an accent do not matter. */
const plain = (text: string): string => text.replace(TOO_MANY_MARKS, '$1').normalize('NFC').toLowerCase();

/** One step per character: JavaScript's own search for a text costs no more. */
function searchForText(wanted: string): Search {
	const plainWanted = plain(wanted);
	return (text, budget = { steps: Infinity }) => {
		budget.steps -= text.length;
		return budget.steps < 0 ? undefined : plain(text).includes(plainWanted);
	};
}

/** The option Only Messages That Match: a text that has to occur, or a regular expression between slashes. */
export function matcherFor(wanted: string): Matcher {
	const pattern = wanted.trim();
	if (pattern === '') return {};
	const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(pattern) ?? [];
	if (source === undefined) return { matches: searchForText(pattern) };
	try {
		return { matches: searchFor(source, flags) };
	} catch (error) {
		const why = error instanceof UnsupportedPattern ? `It uses ${error.message}.` : `${(error as Error).message}.`;
		return {
			problem: `"Only Messages That Match" cannot be used. ${why} Change the pattern, or enter a plain text without slashes.`,
		};
	}
}
