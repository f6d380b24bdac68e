/** Makes the error of an item: what is wrong, and what to do. */
export type Fail = (message: string, description: string) => Error;

/** Throws when a value has more characters than Meta takes; an emoji counts as Unicode counts it, mostly one. */
export function checkLength(fail: Fail, what: string, value: string, max: number): void {
	const length = [...value].length;
	if (length > max)
		throw fail(
			`The ${what} has ${length} characters; Instagram takes at most ${max}`,
			`Shorten it: "${value.slice(0, 60)}".`,
		);
}

/** Throws when a list has more (or, with `min`, fewer) entries than Meta takes. `what` is the plural, e.g. `quick replies`. */
export function checkCount(fail: Fail, what: string, count: number, max: number, min = 1): void {
	if (count > max)
		throw fail(
			`There are ${count} ${what}; Instagram takes at most ${max}`,
			'Remove some, or send them in several messages.',
		);
	if (count < min)
		throw fail(
			`There are ${count} ${what}; Instagram needs at least ${min}`,
			'Add what is missing. If an expression fills the list, look at what it gives for this item.',
		);
}

/** Throws when a value that Meta needs is not there. */
export function checkFilled(fail: Fail, what: string, value: unknown): void {
	if (String(value ?? '').trim() !== '') return;
	throw fail(
		`"${what}" is empty`,
		'Fill it in. If it holds an expression, look at what the expression gives for this item.',
	);
}

/** Throws when something is no full web address. Nothing is fetched. */
export function checkWebAddress(fail: Fail, what: string, url: string): void {
	if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
	throw fail(`The ${what} "${url}" is not a web address`, 'Enter the full public URL, beginning with https://.');
}
