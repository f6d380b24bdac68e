import { invalidParam } from './errors.mts';

/** Kinds of parameter values; a trailing `!` marks a required one. */
export type ParamKind = 'string' | 'bool' | 'int' | 'number' | 'object' | 'list' | 'datetime' | 'file';
export type ParamTable = Record<string, ParamKind | `${ParamKind}!`>;
export type Params = Record<string, unknown>;

/**
 * Parameters that every Graph call knows.
 * @see https://developers.facebook.com/docs/graph-api/overview
 */
const UNIVERSAL = new Set([
	'access_token',
	'appsecret_proof',
	'appsecret_time',
	'fields',
	'metadata',
	'summary',
	'limit',
	'after',
	'before',
	'locale',
	'method',
	'pretty',
	'debug',
	'format',
	'suppress_http_code',
	'date_format',
	'ids',
]);

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const toTime = (value: unknown): number => {
	const text = String(value);
	return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
};

const CONVERTERS: Record<ParamKind, (value: unknown) => unknown> = {
	string: (value) => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined),
	bool: (value) => ({ true: true, false: false, 1: true, 0: false })[String(value)],
	int: (value) => (/^-?\d+$/.test(String(value)) ? Number(value) : undefined),
	number: (value) => (String(value).trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined),
	object: (value) => {
		const object = typeof value === 'string' ? parseJson(value) : value;
		return isObject(object) ? object : undefined;
	},
	list: (value) => {
		if (Array.isArray(value)) return value;
		if (typeof value === 'number') return [String(value)];
		if (typeof value !== 'string') return undefined;
		if (!value.trim().startsWith('[')) {
			return value
				.split(',')
				.map((part) => part.trim())
				.filter((part) => part !== '');
		}
		const parsed = parseJson(value);
		return Array.isArray(parsed) ? parsed : undefined;
	},
	file: (value) => (Buffer.isBuffer(value) ? value : undefined),
	datetime: (value) => {
		const time = toTime(value);
		return Number.isNaN(time) ? undefined : time;
	},
};

/** Convert one value, or throw code 100 with the name of the parameter. */
export function convertParam(name: string, kind: ParamKind, value: unknown): unknown {
	const converted = CONVERTERS[kind](value);
	if (converted === undefined) throw invalidParam(`Param ${name} must be of kind ${kind}`);
	return converted;
}

/**
 * Check the parameters of a call against the table of its edge and convert them. Missing and malformed
 * ones throw code 100; datetimes become ms. Meta passes over those it does not know (reported from live
 * use: its own SDK sends `id` and `_` along).
 * @param strict refuse unknown ones as well, so that a test finds what was misspelt
 */
export function readParams(raw: Params, table: ParamTable, strict: boolean): Params {
	const result: Params = {};
	for (const [name, value] of Object.entries(raw)) {
		if (!Object.hasOwn(table, name)) {
			if (strict && !UNIVERSAL.has(name)) throw invalidParam(`Param ${name} is not allowed`);
			continue;
		}
		if (value === '' || value === null || value === undefined) continue;
		result[name] = convertParam(name, table[name].replace('!', '') as ParamKind, value);
	}
	for (const [name, kind] of Object.entries(table)) {
		if (kind.endsWith('!') && result[name] === undefined) {
			throw invalidParam(`The parameter ${name} is required`);
		}
	}
	return result;
}

/** An upper-case enum value, or code 100 when it is none of the allowed ones. */
export function readEnum<T extends string>(name: string, value: unknown, allowed: readonly T[]): T | undefined {
	if (value === undefined) return undefined;
	const upper = String(value).toUpperCase();
	const found = allowed.find((one) => one.toUpperCase() === upper);
	if (found === undefined) throw invalidParam(`Param ${name} must be one of {${allowed.join(', ')}}`);
	return found;
}
