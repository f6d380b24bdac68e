import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inboxOf } from '../../../../meta/login/chooseAccount';
import {
	checkEntries,
	mergeEntries,
	readEntries,
	withoutLocale,
	type ProfileEntry,
	type ProfilePart,
} from '../../../../meta/messages/messengerProfile';
import type { RunContext } from '../../define';
import { graphPath } from '../../../../meta/graph/path';

/** The language of one row of a form. */
export const localeValue: INodeProperties = {
	displayName: 'Locale',
	name: 'locale',
	type: 'string',
	default: 'default',
	placeholder: 'e.g. de_DE',
	description:
		'Language of the people who see this entry, like en_GB; "default" for everybody whose language has no entries of its own',
};

export const keepOthersField: INodeProperties = {
	displayName: 'Keep Other Languages',
	name: 'keepOthers',
	type: 'boolean',
	default: false,
	description:
		'Whether entries in languages that are not named here stay. Otherwise all that was set before is replaced.',
};

export const deleteLocaleField: INodeProperties = {
	displayName: 'Locale',
	name: 'locale',
	type: 'string',
	default: '',
	placeholder: 'e.g. de_DE',
	description: 'Language to delete; leave it empty to delete all languages',
};

const callOf = (ctx: RunContext) => ({
	path: graphPath`/${inboxOf(ctx.account())}/messenger_profile`,
	platform: 'instagram',
});

/** Reads one part of the messaging profile, an entry per language. */
export async function readPart(
	ctx: RunContext,
	part: ProfilePart,
): Promise<{ entries: ProfileEntry[]; raw: IDataObject }> {
	const { path, platform } = callOf(ctx);
	const answer = await ctx.graph({ method: 'GET', path, query: { platform, fields: part } });
	return { entries: readEntries(answer, part), raw: answer };
}

async function write(ctx: RunContext, part: ProfilePart, entries: ProfileEntry[]): Promise<IDataObject> {
	const { path, platform } = callOf(ctx);
	await ctx.graph({ method: 'POST', path, body: { platform, [part]: entries }, repeatable: true });
	return { success: true, locales: entries.map(({ locale }) => locale) };
}

/** Sets one part, over what is stored or in its place; checked before anything is changed. */
export async function setPart(ctx: RunContext, part: ProfilePart, next: ProfileEntry[]): Promise<IDataObject> {
	const stored = ctx.param('keepOthers', false) ? (await readPart(ctx, part)).entries : [];
	const entries = mergeEntries(stored, next);
	checkEntries(ctx.fail, part, entries);
	return await write(ctx, part, entries);
}

/** Deletes one part, or one language of it: Meta deletes whole parts only, so the other languages are set again. */
export async function deletePart(ctx: RunContext, part: ProfilePart): Promise<IDataObject> {
	const locale = ctx.param('locale', '').trim();
	const rest = locale ? withoutLocale(ctx.fail, part, (await readPart(ctx, part)).entries, locale) : [];
	if (rest.length > 0) return { deleted: true, locales: (await write(ctx, part, rest)).locales };
	const { path, platform } = callOf(ctx);
	await ctx.graph({ method: 'DELETE', path, query: { platform, fields: JSON.stringify([part]) }, repeatable: true });
	return { deleted: true, locales: [] };
}
