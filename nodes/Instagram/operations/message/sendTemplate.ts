import { operation } from '../define';
import { sendMessage, sendOptions } from './shared/sending';
import { recipientField } from '../shared/personField';
import { readTemplate, templateFields } from './shared/templates';

/**
 * Generic and button templates with every login, product templates with Facebook Login only: they need a Page's catalog.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/generic-template
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/button-template
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/product-template
 */
export const sendTemplate = operation({
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template with cards or buttons',
	description:
		'Send cards with pictures and buttons, a text with buttons, or products to a person who wrote within the last 24 hours',
	lane: (param) => param('recipientId'),
	fields: [recipientField, ...templateFields, sendOptions()],
	run: async (ctx) => {
		const template = readTemplate(ctx);
		if (template.template_type === 'product' && ctx.connection.kind === 'instagram') {
			throw ctx.fail(
				'Instagram Login has no product templates',
				"Use a credential of Facebook Login, whose Page has the products' catalog, or send a generic template.",
			);
		}
		return await sendMessage(ctx, { attachment: { type: 'template', payload: template } });
	},
});
