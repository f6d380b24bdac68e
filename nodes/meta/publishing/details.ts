import type { IDataObject } from 'n8n-workflow';
import { ALT_TEXT_MAX_CHARACTERS, CAPTION_MAX_CHARACTERS } from '../constants';
import { checkLength, type Fail } from '../input/check';

/**
 * What Meta takes at most in one call that makes a container.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export const PUBLISHING_LIMITS = {
	hashtags: 30,
	/** More than these, Instagram may take out of a caption, or refuse, since December 2025; Meta documents the other number. */
	hashtagsShown: 5,
	mentions: 20,
	collaborators: 3,
	userTags: 20,
	productTags: 5,
	sponsors: 2,
	children: 10,
	minChildren: 2,
};

/** Where tags stand in the picture: photos need a position, videos have none, stories may have one. */
export type Positions = 'needed' | 'none' | 'optional';

/** A tag as a form or JSON gives it. */
export type TagRow = { username?: unknown; productId?: unknown; product_id?: unknown; x?: unknown; y?: unknown };

/** Throws when there are more of something than Meta takes. */
function checkMost(fail: Fail, what: string, found: number, max: number): void {
	if (found > max) throw fail(`There are ${found} ${what}; Instagram takes at most ${max}`, 'Remove some.');
}

const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

const HASHTAG = /#[\p{L}\p{N}_]+/gu;

/** Throws when a caption is longer, or has more hashtags or mentions, than Meta takes. */
export function checkCaption(fail: Fail, caption: string): void {
	checkLength(fail, 'caption', caption, CAPTION_MAX_CHARACTERS);
	const { hashtags, mentions } = PUBLISHING_LIMITS;
	checkMost(fail, 'hashtags in the caption', count(caption, HASHTAG), hashtags);
	checkMost(fail, '@mentions in the caption', count(caption, /(?<![\w.])@[\w.]+/g), mentions);
}

/** What may become of a caption that Meta's documents allow, as a sentence; `undefined` when nothing may. */
export function captionWarning(caption: string): string | undefined {
	const { hashtagsShown } = PUBLISHING_LIMITS;
	return count(caption, HASHTAG) > hashtagsShown
		? `A caption has more than ${hashtagsShown} hashtags: Instagram may take some out or refuse the post, so use at most ${hashtagsShown}.`
		: undefined;
}

/** Throws when an alternative text is longer than Meta takes. */
export function checkAltText(fail: Fail, text: string): void {
	return checkLength(fail, 'alt text', text, ALT_TEXT_MAX_CHARACTERS);
}

/** A username as Meta wants it: without the @ that people write before it. */
const bareName = (value: unknown): string =>
	String(value ?? '')
		.trim()
		.replace(/^@/, '');

/** Entries of a list as people write it: separated by commas, spaces or lines, or a list that an expression gave. */
export function listOf(value: unknown): string[] {
	const entries = Array.isArray(value) ? (value as unknown[]) : String(value ?? '').split(/[\s,]+/);
	return entries.map((entry) => String(entry ?? '').trim()).filter((entry) => entry !== '');
}

/** Usernames of people who appear as authors, too. */
export function collaboratorsOf(fail: Fail, value: unknown): string[] {
	const names = listOf(value).map(bareName);
	checkMost(fail, 'collaborators', names.length, PUBLISHING_LIMITS.collaborators);
	return names;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function positionOf(fail: Fail, positions: Positions, what: string, { x, y }: TagRow): IDataObject {
	if (positions === 'none' || (positions === 'optional' && !isGiven(x) && !isGiven(y))) return {};
	const place = { x: Number(x), y: Number(y) };
	for (const [name, value] of Object.entries(place)) {
		if (isGiven(name === 'x' ? x : y) && value >= 0 && value <= 1) continue;
		throw fail(
			`The tag of ${what} has the ${name} position "${String((name === 'x' ? x : y) ?? '')}"`,
			'Use a number from 0 to 1: 0 is left or top, 1 is right or bottom, 0.5 the middle.',
		);
	}
	return place;
}

/** Tags of people in Meta's shape. */
export function userTagsOf(fail: Fail, rows: TagRow[], positions: Positions): IDataObject[] {
	checkMost(fail, 'user tags', rows.length, PUBLISHING_LIMITS.userTags);
	return rows.map((row) => {
		const username = bareName(row.username);
		if (!username) throw fail('A user tag has no username', 'Fill in the username, or remove the tag.');
		return { username, ...positionOf(fail, positions, `@${username}`, row) };
	});
}

/** Tags of products in Meta's shape. */
export function productTagsOf(fail: Fail, rows: TagRow[], positions: Positions): IDataObject[] {
	checkMost(fail, 'product tags', rows.length, PUBLISHING_LIMITS.productTags);
	return rows.map((row) => {
		const id = String(row.productId ?? row.product_id ?? '').trim();
		if (!id) throw fail('A product tag has no product ID', 'Fill in the ID from Product > Search, or remove the tag.');
		return { product_id: id, ...positionOf(fail, positions, `product ${id}`, row) };
	});
}
