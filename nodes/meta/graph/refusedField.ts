import type { Failure } from '../errors/metaError';

/**
 * The name in what Meta says of a field that an object does not have. Meta gives it nowhere else: the numbers are those of
 * any wrong value. The words are for the makers of an app and have no translation; should they change, nothing is found, and
 * the refusal is told as it is.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
const REFUSED_FIELD = /nonexisting field \((\w+)\)/;

/** Parts of a list of fields that commas separate, with what braces and parentheses hold. */
function partsOf(fields: string): string[] {
	const parts = [''];
	let depth = 0;
	for (const sign of fields) {
		if ('{('.includes(sign)) depth++;
		if ('})'.includes(sign)) depth--;
		if (sign === ',' && depth === 0) parts.push('');
		else parts[parts.length - 1] += sign;
	}
	return parts;
}

/** Takes a field out of a list, and out of the lists in it; what would be left without any field stays as it is. */
function without(fields: string, name: string): string {
	const kept = partsOf(fields).filter((part) => /^\s*(\w*)/.exec(part)?.[1] !== name);
	if (kept.length === 0) return fields;
	return kept
		.map((part) => {
			const at = part.indexOf('{');
			return at < 0 ? part : `${part.slice(0, at)}{${without(part.slice(at + 1, part.lastIndexOf('}')), name)}}`;
		})
		.join(',');
}

/**
 * The fields of a read without the one for which Meta refused it.
 * @param fields as Meta reads them, `id,from{username}`
 * @returns `undefined` when that is not why, or nothing would be left to ask for
 */
export function withoutRefusedField(fields: unknown, { error }: Failure): string | undefined {
	const [, name] = (error?.code === 100 && REFUSED_FIELD.exec(error.message ?? '')) || [];
	if (!name || typeof fields !== 'string') return undefined;
	const fewer = without(fields, name);
	return fewer === fields ? undefined : fewer;
}
