import { SLOW_DOWN } from './advice';

/** What kind of trouble an error is that no row lists. */
export type ErrorClass = 'login' | 'permission' | 'access' | 'object' | 'value' | 'limit' | 'meta' | 'other';

/** What to say of a class: `message` only where Meta says nothing itself. `advice.ts` fills what stands in braces. */
// prettier-ignore
export const CLASSES: Record<ErrorClass, { message: string; fix: string }> = {
	login: { message: 'Meta does not accept the login', fix: 'Check the credential with Account > Check Connection.' },
	permission: { message: 'Meta refused this for want of a permission', fix: '{permission}' },
	access: { message: 'The Meta app has no access to this', fix: 'Request Advanced Access (and the feature, where one is named) for the app in the App Dashboard.' },
	object: { message: 'Meta does not find what this call is about', fix: 'Check the ID: the object may be deleted, or belong to another account than the chosen one.' },
	value: { message: 'Meta refused a value of this request', fix: 'Change the value that Meta names, or leave it out.' },
	limit: { message: 'Meta takes no more calls of this kind at the moment', fix: SLOW_DOWN },
	meta: { message: 'Meta failed to do this', fix: 'Try again in a few minutes. If it goes on, metastatus.com tells of known outages.' },
	other: { message: 'Meta refused the request', fix: "Do what Meta's sentence asks for. If it names nothing, look the number up in Meta's documentation." },
};

/**
 * Codes under which Meta files many errors: a subcode that no row lists makes them another error than the bare code.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
const MANY_MEANINGS: Record<number, ErrorClass | undefined> = {
	[-1]: 'meta',
	1: 'meta',
	2: 'meta',
	3: 'access',
	10: 'permission',
	100: 'value',
	200: 'permission',
	2500: 'value',
};

/** True when the code alone says too little to speak for an unknown subcode beside it. */
export function hasManyMeanings(code: number): boolean {
	return MANY_MEANINGS[code] !== undefined;
}

const BY_STATUS: Record<number, ErrorClass | undefined> = {
	401: 'login',
	403: 'permission',
	404: 'object',
	429: 'limit',
};

/** Codes that Meta keeps for one thing. */
const isPermission = (code: number) => code >= 200 && code <= 299;
const isBusinessLimit = (code: number) => code >= 80_000 && code <= 80_099;
/** Subcodes for what is wrong with media that are to be published. */
const isMedia = (subcode = 0) => subcode >= 2_207_000 && subcode <= 2_207_999;

/**
 * The class of an error, by its numbers and its HTTP status.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function classOf(
	status: number,
	error: { code: number; error_subcode?: number; is_transient?: boolean },
): ErrorClass {
	const { code, error_subcode: subcode } = error;
	if (isBusinessLimit(code)) return 'limit';
	if (error.is_transient === true) return 'meta';
	if (isMedia(subcode)) return 'value';
	if (isPermission(code)) return 'permission';
	return MANY_MEANINGS[code] ?? (status >= 500 ? 'meta' : (BY_STATUS[status] ?? 'other'));
}
