import type { Call } from '../engine/call.mts';
import { invalidParam, publishingError } from '../engine/errors.mts';
import { textParam } from './containerParams.mts';

const MAX_CAPTION = 2_200;
const MAX_MENTIONS = 20;
const MAX_ALT_TEXT = 1_000;
const MAX_COLLABORATORS = 3;
const MAX_USER_TAGS = 20;

const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

const HASHTAG = /#[\p{L}\p{N}_]+/gu;

/** A caption without the hashtags beyond the first few. */
const stripHashtags = (caption: string, most: number): string => {
	let seen = 0;
	return caption.replace(HASHTAG, (tag) => (++seen > most ? '' : tag)).trimEnd();
};

/** Caption: at most 2200 characters, 20 mentions, and as many hashtags as the sandbox's options say. */
export function readCaption(call: Call): string {
	const caption = textParam(call, 'caption') ?? '';
	const { maxHashtags, surplusHashtags } = call.world.settings;
	if ([...caption].length > MAX_CAPTION)
		throw publishingError(36004, 2207010, `The caption is longer than ${MAX_CAPTION} characters`);
	if (surplusHashtags === 'refused' && count(caption, HASHTAG) > maxHashtags) {
		throw publishingError(100, 2207040, `The caption has more than ${maxHashtags} hashtags`);
	}
	if (count(caption, /(?<![\w.])@[\w.]+/g) > MAX_MENTIONS) {
		throw publishingError(100, 2207040, `The caption has more than ${MAX_MENTIONS} mentions`);
	}
	return stripHashtags(caption, maxHashtags);
}

export function checkAltText(text: string): void {
	if ([...text].length > MAX_ALT_TEXT) throw invalidParam(`Param alt_text is longer than ${MAX_ALT_TEXT} characters`);
}

const isKnownUsername = (call: Call, username: string): boolean =>
	call.world.customers.has(username) ||
	[...call.world.accounts.values()].some((account) => account.username === username);

const checkUsername = (call: Call, username: unknown): void => {
	if (typeof username !== 'string' || !isKnownUsername(call, username)) {
		throw publishingError(100, 2207018, `There is no user ${String(username)} to tag or invite`);
	}
};

export function checkCollaborators(call: Call, names: unknown[]): void {
	if (names.length > MAX_COLLABORATORS)
		throw invalidParam(`Param collaborators has more than ${MAX_COLLABORATORS} usernames`);
	for (const name of names) checkUsername(call, name);
}

const isFraction = (value: unknown): boolean => {
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && number >= 0 && number <= 1;
};

/** User tags: positions are required for feed images, optional for stories, refused for videos. */
export function checkUserTags(call: Call, tags: unknown[], positions: 'required' | 'optional' | 'refused'): void {
	if (tags.length > MAX_USER_TAGS) throw invalidParam(`Param user_tags has more than ${MAX_USER_TAGS} tags`);
	for (const tag of tags) {
		if (typeof tag !== 'object' || tag === null) throw invalidParam('Param user_tags must be a list of objects');
		const { username, x, y } = tag as Record<string, unknown>;
		checkUsername(call, username);
		const given = x !== undefined || y !== undefined;
		if (positions === 'refused' && given) throw invalidParam('User tags on videos have no position');
		if ((positions === 'required' || given) && positions !== 'refused' && !(isFraction(x) && isFraction(y))) {
			throw invalidParam('User tags need x and y between 0 and 1');
		}
	}
}

/** Location: a Page with a place on the map. */
export function checkLocation(call: Call, id: string): void {
	if (!call.world.pages.get(id)?.hasLocation) {
		throw invalidParam('INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID');
	}
}
