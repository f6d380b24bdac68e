import { operation } from '../define';
import { deleteLocaleField, deletePart } from './shared/setPart';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ice-breakers */
export const deleteIceBreakers = operation({
	value: 'deleteIceBreakers',
	name: 'Delete Ice Breakers',
	action: 'Delete the ice breakers for good',
	description: 'Delete the questions that new people can tap, all of them or those of one language',
	fields: [deleteLocaleField],
	run: async (ctx) => await deletePart(ctx, 'ice_breakers'),
});
