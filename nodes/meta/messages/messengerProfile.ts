import type { IDataObject } from 'n8n-workflow';
import { MESSAGE_LIMITS } from './limits';
import { checkCount, checkFilled, checkLength, type Fail } from '../input/check';
import { checkButton } from './templates';

/** What the inbox offers before and beside a conversation, and what a person calls it. */
const PROFILE_PARTS = { ice_breakers: 'ice breakers', persistent_menu: 'menu items' };
/** A part of the messenger profile, as Meta names it. */
export type ProfilePart = keyof typeof PROFILE_PARTS;

/** One language of a part; Meta wants an entry for the locale `default`. */
export type ProfileEntry = { locale: string; call_to_actions: IDataObject[] };

/** Meta wraps menus once more than ice breakers; both shapes are read. Keys that Instagram does not take back are left out. */
export function readEntries(answer: IDataObject, part: ProfilePart): ProfileEntry[] {
	const rows = ((answer.data ?? []) as IDataObject[]).flatMap(
		(row) => (row[part] as IDataObject[] | undefined) ?? (row.call_to_actions ? [row] : []),
	);
	return rows.map(({ locale, call_to_actions: actions }) => ({
		locale: String(locale ?? 'default'),
		call_to_actions: (actions ?? []) as IDataObject[],
	}));
}

/** Puts rows of a form, each with its `locale`, together by language in the order in which they come. */
export function groupByLocale(rows: IDataObject[]): ProfileEntry[] {
	const entries = new Map<string, ProfileEntry>();
	for (const { locale, ...action } of rows) {
		const name = String(locale ?? '').trim() || 'default';
		const entry = entries.get(name) ?? { locale: name, call_to_actions: [] };
		entry.call_to_actions.push(action);
		entries.set(name, entry);
	}
	return [...entries.values()];
}

/** The stored languages, with those of `next` put over them. */
export function mergeEntries(stored: ProfileEntry[], next: ProfileEntry[]): ProfileEntry[] {
	return [...stored.filter(({ locale }) => !next.some((entry) => entry.locale === locale)), ...next];
}

/**
 * Checks ice breakers or a menu before they are set.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ice-breakers
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/persistent-menu
 */
export function checkEntries(fail: Fail, part: ProfilePart, entries: ProfileEntry[]): void {
	const max = part === 'ice_breakers' ? MESSAGE_LIMITS.iceBreakers : MESSAGE_LIMITS.menuItems;
	for (const { locale, call_to_actions: actions } of entries) {
		checkFilled(fail, 'Locale', locale);
		checkCount(
			fail,
			`${PROFILE_PARTS[part]} for the language "${locale}"`,
			Array.isArray(actions) ? actions.length : 0,
			max,
		);
		for (const action of actions) {
			if (part === 'persistent_menu') checkButton(fail, 'menu item', action);
			else checkQuestion(fail, action);
		}
	}
	if (entries.some(({ locale }) => locale === 'default')) return;
	throw fail(
		`There are no ${PROFILE_PARTS[part]} for the language "default"`,
		'Instagram shows them to everybody whose language has none of its own: add entries with the locale default.',
	);
}

function checkQuestion(fail: Fail, { question, payload }: IDataObject): void {
	checkFilled(fail, 'Question', question);
	checkFilled(fail, 'Payload', payload);
	checkLength(fail, 'payload of an ice breaker', String(payload), MESSAGE_LIMITS.payload);
}

/** The languages that stay when one is deleted; none of them when it is the only one. */
export function withoutLocale(fail: Fail, part: ProfilePart, entries: ProfileEntry[], locale: string): ProfileEntry[] {
	const rest = entries.filter((entry) => entry.locale !== locale);
	if (rest.length === entries.length) {
		const known = entries.map((entry) => entry.locale).join(', ') || 'none';
		throw fail(
			`There are no ${PROFILE_PARTS[part]} for the language "${locale}"`,
			`Languages that have some: ${known}.`,
		);
	}
	if (rest.length > 0 && locale === 'default') {
		throw fail(
			'The language "default" cannot be deleted while others are set',
			'Delete the others first, or leave the locale empty to delete all.',
		);
	}
	return rest;
}
