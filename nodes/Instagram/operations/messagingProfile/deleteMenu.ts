import { operation } from '../define';
import { deleteLocaleField, deletePart } from './shared/setPart';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/persistent-menu */
export const deleteMenu = operation({
	value: 'deleteMenu',
	name: 'Delete Menu',
	action: 'Delete the persistent menu for good',
	description: 'Delete the menu of the conversations, all of it or that of one language',
	fields: [deleteLocaleField],
	run: async (ctx) => await deletePart(ctx, 'persistent_menu'),
});
