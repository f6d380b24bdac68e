import { invalidParam } from '../engine/errors.mts';

type Shape = Record<string, unknown>;

/** 100/2534015: the message itself is not acceptable. */
export function invalidMessage(message: string) {
	return invalidParam(message, 2534015);
}

const isShape = (value: unknown): value is Shape =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Refuse keys outside a list. */
export function onlyKeys(name: string, value: Shape, allowed: string[]): void {
	const strange = Object.keys(value).filter((key) => !allowed.includes(key));
	if (strange.length > 0) throw invalidMessage(`${name} has unknown keys: ${strange.join(', ')}`);
}

/** A list of objects with a length between two bounds. */
export function shapes(name: string, value: unknown, min: number, max: number): Shape[] {
	if (!Array.isArray(value) || value.length < min || value.length > max || !value.every(isShape)) {
		throw invalidMessage(`${name} must be a list of ${min} to ${max} objects`);
	}
	return value;
}

/** A string of at most so many characters; required unless said otherwise. */
const line = (name: string, value: unknown, max: number, optional = false): void => {
	if (value === undefined && optional) return;
	if (typeof value !== 'string' || value === '' || [...value].length > max) {
		throw invalidMessage(`${name} must be a text of 1 to ${max} characters`);
	}
};

const link = (name: string, value: unknown): void => {
	if (typeof value !== 'string' || !URL.canParse(value) || !/^https?:/.test(value)) {
		throw invalidMessage(`${name} must be an http or https URL`);
	}
};

const checkButton = (button: Shape): void => {
	line('Button title', button.title, 20);
	if (button.type === 'web_url') {
		onlyKeys('Button', button, ['type', 'title', 'url']);
		link('Button url', button.url);
	} else if (button.type === 'postback') {
		onlyKeys('Button', button, ['type', 'title', 'payload']);
		line('Button payload', button.payload, 1000);
	} else {
		throw invalidMessage('Button type must be web_url or postback');
	}
};

const checkElement = (element: Shape): void => {
	onlyKeys('Element', element, ['title', 'subtitle', 'image_url', 'default_action', 'buttons']);
	line('Element title', element.title, 80);
	line('Element subtitle', element.subtitle, 80, true);
	if (element.image_url !== undefined) link('Element image_url', element.image_url);
	if (Object.keys(element).length < 2) throw invalidMessage('An element needs one property beside its title');
	if (element.buttons !== undefined) shapes('buttons', element.buttons, 1, 3).forEach(checkButton);
	if (element.default_action !== undefined) {
		const action = element.default_action;
		if (!isShape(action) || action.type !== 'web_url') throw invalidMessage('default_action must be a web_url');
		link('default_action url', action.url);
	}
};

/**
 * Check a template payload: generic, button or product; throws 100/2534015.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/generic-template
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/button-template
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/product-template
 */
export function checkTemplate(payload: Shape): void {
	switch (payload.template_type) {
		case 'generic':
			shapes('elements', payload.elements, 1, 10).forEach(checkElement);
			break;
		case 'button':
			line('Template text', payload.text, 640);
			shapes('buttons', payload.buttons, 1, 3).forEach(checkButton);
			break;
		case 'product':
			shapes('elements', payload.elements, 1, 10).forEach(({ id }) => line('Product id', id, 40));
			break;
		default:
			throw invalidMessage('template_type must be generic, button or product');
	}
}

/** Kinds that Meta takes but makes no button of since 5 October 2026. */
const DISABLED = ['user_phone_number', 'user_email'];

/**
 * Check quick replies and return those that become buttons, with titles cut to 20 characters, as the app shows them.
 * @see https://developers.facebook.com/documentation/instagram-platform/changelog
 */
export function readQuickReplies(value: unknown): Array<{ title: string; payload?: string; contentType: string }> {
	return shapes('quick_replies', value, 1, 13).flatMap((reply) => {
		onlyKeys('Quick reply', reply, ['content_type', 'title', 'payload', 'image_url']);
		const contentType = String(reply.content_type);
		if (DISABLED.includes(contentType)) return [];
		if (contentType !== 'text') throw invalidMessage('content_type must be text, user_phone_number or user_email');
		if (typeof reply.title !== 'string' || reply.title === '') throw invalidMessage('A text quick reply needs a title');
		line('Quick reply payload', reply.payload, 1000);
		return {
			title: [...reply.title].slice(0, 20).join(''),
			payload: String(reply.payload),
			contentType,
		};
	});
}
