import { operation } from '../define';
import { simplify } from '../shared/listing';
import { readPart } from './shared/setPart';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/persistent-menu */
export const getMenu = operation({
	value: 'getMenu',
	name: 'Get Menu',
	action: 'Get the persistent menu',
	description: 'Read the menu that people always find in their conversation with the account, one item per language',
	fields: [simplify],
	run: async (ctx) => {
		const { entries, raw } = await readPart(ctx, 'persistent_menu');
		if (!ctx.param('simplify', true)) return raw;
		return entries.map(({ locale, call_to_actions: items }) => ({ locale, items }));
	},
});
