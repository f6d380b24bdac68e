import { jsonParse } from 'n8n-workflow';

/** Texts are skipped as a whole, so that only numbers outside of them are looked at. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const keepExact = (part: string): string =>
	/^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part;

/**
 * Reads an answer of Meta. Whole numbers beyond 2^53 become text: Meta gives some IDs as numbers.
 * @returns the value; anything that is no JSON unchanged
 */
export function parseAnswer(answer: unknown): unknown {
	if (typeof answer !== 'string') return answer;
	return jsonParse<unknown>(answer.replace(TEXT_OR_NUMBER, keepExact), { fallbackValue: answer });
}
