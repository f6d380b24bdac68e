import { operation } from '../define';
import { simplify } from '../shared/listing';
import { readPart } from './shared/setPart';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ice-breakers */
export const getIceBreakers = operation({
	value: 'getIceBreakers',
	name: 'Get Ice Breakers',
	action: 'Get the ice breakers',
	description: 'Read the questions that new people can tap instead of writing, one item per language',
	fields: [simplify],
	run: async (ctx) => {
		const { entries, raw } = await readPart(ctx, 'ice_breakers');
		if (!ctx.param('simplify', true)) return raw;
		return entries.map(({ locale, call_to_actions: questions }) => ({ locale, questions }));
	},
});
