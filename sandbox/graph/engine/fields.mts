import { GraphError } from './errors.mts';

/** One requested field: `name.arg(value){children}`. */
export type FieldRequest = {
	name: string;
	args: Record<string, string>;
	children?: FieldRequest[];
};

const syntaxError = (text: string, at: number): GraphError =>
	new GraphError({
		code: 2500,
		message: `Syntax error in the fields parameter at character ${at}: ${text.slice(at, at + 10)}`,
	});

/** Parse a `fields` parameter with field expansion; malformed text throws code 2500. */
function parseFields(text: string): FieldRequest[] {
	let at = 0;
	const skipSpace = () => {
		while (/\s/.test(text[at] ?? '')) at += 1;
	};
	const word = (): string => {
		skipSpace();
		const match = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(at));
		if (!match) throw syntaxError(text, at);
		at += match[0].length;
		skipSpace();
		return match[0];
	};
	const argument = (): string => {
		const end = text.indexOf(')', at);
		if (end < 0) throw syntaxError(text, at);
		const value = text.slice(at, end);
		at = end + 1;
		skipSpace();
		return value.trim();
	};
	const field = (): FieldRequest => {
		const request: FieldRequest = { name: word(), args: {} };
		while (text[at] === '.') {
			at += 1;
			const name = word();
			if (text[at] !== '(') throw syntaxError(text, at);
			at += 1;
			request.args[name] = argument();
		}
		if (text[at] === '{') {
			at += 1;
			request.children = list('}');
		}
		return request;
	};
	const list = (end?: string): FieldRequest[] => {
		const requests = [field()];
		for (skipSpace(); text[at] === ','; skipSpace()) {
			at += 1;
			requests.push(field());
		}
		if (end === undefined ? at < text.length : text[at] !== end) throw syntaxError(text, at);
		if (end !== undefined) at += 1;
		skipSpace();
		return requests;
	};
	return list();
}

/** Fields as they are asked for. */
export function writeFields(requests: FieldRequest[]): string {
	return requests
		.map(({ name, args, children }) => {
			const modifiers = Object.entries(args).map(([key, value]) => `.${key}(${value})`);
			return `${name}${modifiers.join('')}${children ? `{${writeFields(children)}}` : ''}`;
		})
		.join(',');
}

/** The `fields` parameter of a call, or undefined when the defaults are meant. */
export function readFields(value: unknown): FieldRequest[] | undefined {
	const isJson = typeof value === 'string' && /^\s*\[.*\]\s*$/s.test(value);
	const list: unknown = isJson ? value.replace(/[[\]"]/g, '') : value;
	const text = Array.isArray(list) ? list.join(',') : list;
	return typeof text === 'string' && text.trim() !== '' ? parseFields(text.replace(/,\s*$/, '')) : undefined;
}
