import { parsePattern, UnsupportedPattern, type Pattern } from './parse';

/** What a pattern is compiled to; `next` and `other` are numbers of steps. */
type Step =
	| { type: 'character'; accepts: (character: string) => boolean }
	| { type: 'assertion'; holds: (before: string, after: string) => boolean }
	| { type: 'split'; next: number; other: number }
	| { type: 'jump'; next: number }
	| { type: 'found' };

/** What searches may still cost; each takes its steps off. Below 0, it is used up. */
export type Budget = { steps: number };

/** Whether something is in a text; `undefined` when the budget ended first. */
export type Search = (text: string, budget?: Budget) => boolean | undefined;

/** More would make each character of a text cost too much. */
const MAX_STEPS = 500;
/** Repetitions of nothing make no steps, but work. */
const MAX_PARTS = 10 * MAX_STEPS;

const tooMany = () => new UnsupportedPattern(`more than ${MAX_STEPS} steps`);

const isLineEnd = (character: string) => /^[\n\r\u2028\u2029]$/.test(character);

/** One character is matched by JavaScript itself, with all its classes; nothing can be repeated there. */
function compile(pattern: Pattern, flags: string): Step[] {
	const steps: Step[] = [];
	const word = new RegExp('\\w', flags);
	const isWord = (character: string) => character !== '' && word.test(character);
	const isEdge = (character: string) => character === '' || (flags.includes('m') && isLineEnd(character));
	const assertions = {
		'^': (before: string) => isEdge(before),
		$: (_before: string, after: string) => isEdge(after),
		'\\b': (before: string, after: string) => isWord(before) !== isWord(after),
		'\\B': (before: string, after: string) => isWord(before) === isWord(after),
	};
	const add = <T extends Step>(step: T): T => {
		if (steps.length >= MAX_STEPS) throw tooMany();
		steps.push(step);
		return step;
	};
	const addOptional = (part: Pattern) => {
		const split = add({ type: 'split', next: steps.length + 1, other: 0 });
		put(part);
		split.other = steps.length;
	};
	const addLoop = (part: Pattern) => {
		const start = steps.length;
		const split = add({ type: 'split', next: start + 1, other: 0 });
		put(part);
		add({ type: 'jump', next: start });
		split.other = steps.length;
	};
	let parts = 0;
	const put = (one: Pattern): void => {
		if (++parts > MAX_PARTS) throw tooMany();
		if (one.type === 'character') {
			const single = new RegExp(`^(?:${one.source})$`, flags.replace('m', ''));
			add({ type: 'character', accepts: (character) => single.test(character) });
		} else if (one.type === 'assertion') {
			add({ type: 'assertion', holds: assertions[one.source] });
		} else if (one.type === 'sequence') {
			one.parts.forEach(put);
		} else if (one.type === 'either') {
			const [first, ...rest] = one.parts;
			if (rest.length === 0) return put(first);
			const split = add({ type: 'split', next: steps.length + 1, other: 0 });
			put(first);
			const jump = add({ type: 'jump', next: 0 });
			split.other = steps.length;
			put({ type: 'either', parts: rest });
			jump.next = steps.length;
		} else {
			for (let i = 0; i < one.min; i++) put(one.part);
			if (one.max === Infinity) addLoop(one.part);
			else for (let i = one.min; i < one.max; i++) addOptional(one.part);
		}
	};
	put(pattern);
	add({ type: 'found' });
	return steps;
}

/**
 * A search whose time grows with the text's length and not faster, whatever the pattern: all ways through the
 * pattern are followed at once, character by character, instead of one after the other. A stranger's message can
 * therefore not hold up n8n, as it can with JavaScript's own search and a pattern like `(a+)+$`.
 * @param flags any of g, i, m, s, u
 * @throws SyntaxError for a pattern that is none, UnsupportedPattern for one that cannot be searched so
 * @see https://swtch.com/~rsc/regexp/regexp1.html
 */
export function searchFor(source: string, flags: string): Search {
	const own = flags.replace('g', '');
	new RegExp(source, flags);
	if (/[^imsu]/.test(own)) throw new UnsupportedPattern('flags other than g, i, m, s, u');
	const isUnicode = own.includes('u');
	const steps = compile(parsePattern(source, isUnicode), own);

	return (text, budget = { steps: Infinity }) => {
		// Each character costs two steps at least: its own, and the one that begins a search there.
		if (2 * text.length > budget.steps) budget.steps = -1;
		if (budget.steps < 0) return undefined;
		const characters = isUnicode ? [...text] : text.split('');
		/** The character at which a step was last reached. */
		const reachedAt = new Int32Array(steps.length).fill(-1);
		let waiting: number[] = [];
		for (let at = 0; at <= characters.length; at++) {
			const before = characters[at - 1] ?? '';
			const after = characters[at] ?? '';
			const reached: number[] = [];
			const open = [0, ...waiting];
			budget.steps--;
			while (open.length > 0) {
				const number = open.pop() as number;
				if (reachedAt[number] === at) continue;
				reachedAt[number] = at;
				budget.steps--;
				const step = steps[number];
				if (step.type === 'found') return true;
				if (step.type === 'character') reached.push(number);
				else if (step.type === 'assertion') {
					if (step.holds(before, after)) open.push(number + 1);
				} else {
					open.push(step.next);
					if (step.type === 'split') open.push(step.other);
				}
			}
			if (budget.steps < 0) return undefined;
			waiting = reached
				.filter((number) => (steps[number] as { accepts: (character: string) => boolean }).accepts(after))
				.map((number) => number + 1);
		}
		return false;
	};
}
