import type { IDataObject } from 'n8n-workflow';
import { MESSAGE_LIMITS } from './limits';
import { checkCount, checkFilled, checkLength, checkWebAddress, type Fail } from '../input/check';
import { asList } from '../input/json';

/**
 * Checks quick replies as Meta takes them: `{ content_type, title, payload }`.
 * Meta cuts long titles without a word, so they are refused here.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/quick-replies
 * @see https://developers.facebook.com/documentation/instagram-platform/changelog
 */
export function checkQuickReplies(fail: Fail, replies: IDataObject[]): void {
	checkCount(fail, 'quick replies', replies.length, MESSAGE_LIMITS.quickReplies);
	for (const { content_type: type, title, payload } of replies) {
		if (type === 'user_phone_number' || type === 'user_email')
			throw fail(
				'Instagram shows no quick replies that ask for a phone number or an email address',
				'Meta has sent the message without these buttons since 5 October 2026. Ask in the text of the message instead.',
			);
		if (type !== 'text') throw fail(`Instagram knows no quick reply of the type "${String(type)}"`, 'Use text.');
		checkFilled(fail, 'Title', title);
		checkLength(fail, 'title of a quick reply', String(title), MESSAGE_LIMITS.quickReplyTitle);
		checkLength(fail, 'payload of a quick reply', String(payload ?? ''), MESSAGE_LIMITS.payload);
	}
}

/** Checks one button of a template or a menu: `{ type: web_url, title, url }` or `{ type: postback, title, payload }`. */
export function checkButton(
	fail: Fail,
	what: string,
	{ type, title, url, payload }: IDataObject,
	titleMax?: number,
): void {
	checkFilled(fail, 'Title', title);
	if (titleMax) checkLength(fail, `title of a ${what}`, String(title), titleMax);
	if (type === 'web_url') {
		checkWebAddress(fail, `URL of a ${what}`, String(url ?? ''));
	} else if (type === 'postback') {
		checkFilled(fail, 'Payload', payload);
		checkLength(fail, `payload of a ${what}`, String(payload), MESSAGE_LIMITS.payload);
	} else {
		throw fail(`Instagram knows no ${what} of the type "${String(type)}"`, 'Use web_url or postback.');
	}
}

function checkButtons(fail: Fail, buttons: unknown): void {
	const list = asList(fail, 'Buttons', buttons);
	checkCount(fail, 'buttons', list.length, MESSAGE_LIMITS.buttons);
	for (const button of list) checkButton(fail, 'button', button, MESSAGE_LIMITS.buttonTitle);
}

function checkElement(fail: Fail, element: IDataObject): void {
	const { title, subtitle, image_url: image, default_action: action, buttons } = element;
	checkFilled(fail, 'Title', title);
	checkLength(fail, 'title of a card', String(title), MESSAGE_LIMITS.elementText);
	checkLength(fail, 'subtitle of a card', String(subtitle ?? ''), MESSAGE_LIMITS.elementText);
	if (Object.keys(element).length < 2) {
		throw fail(
			`The card "${String(title)}" has nothing but a title`,
			'Add a subtitle, an image, a link or a button: Instagram asks for at least one of them.',
		);
	}
	if (image !== undefined) checkWebAddress(fail, 'image of a card', String(image));
	if (action !== undefined) checkWebAddress(fail, 'link of a card', String((action as IDataObject).url ?? ''));
	if (buttons !== undefined) checkButtons(fail, buttons);
}

/**
 * Checks the payload of a template attachment, `template_type` and what belongs to it, against Meta's limits.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/generic-template
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/button-template
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/product-template
 */
export function checkTemplate(fail: Fail, template: IDataObject): void {
	const { template_type: type, elements, text, buttons } = template;
	if (type === 'button') {
		checkFilled(fail, 'Text', text);
		checkLength(fail, 'text of the button template', String(text), MESSAGE_LIMITS.buttonTemplateText);
		checkButtons(fail, buttons);
	} else if (type === 'generic' || type === 'product') {
		const list = asList(fail, type === 'generic' ? 'Cards' : 'Products', elements);
		checkCount(fail, type === 'generic' ? 'cards' : 'products', list.length, MESSAGE_LIMITS.elements);
		for (const element of list) {
			if (type === 'generic') checkElement(fail, element);
			else checkFilled(fail, 'Product ID', element.id);
		}
	} else {
		throw fail(
			`Instagram knows no template of the type "${String(type)}"`,
			'Use generic, button or product as "template_type".',
		);
	}
}
