import { MESSAGE_TEXT_MAX_BYTES } from '../constants';
import type { Fail } from '../input/check';

/**
 * What Meta takes at most. Lengths are in characters, except the text of a message (bytes, `MESSAGE_TEXT_MAX_BYTES`).
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/quick-replies
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/generic-template
 */
export const MESSAGE_LIMITS = {
	images: 10,
	quickReplies: 13,
	quickReplyTitle: 20,
	payload: 1000,
	elements: 10,
	elementText: 80,
	buttons: 3,
	buttonTitle: 20,
	buttonTemplateText: 640,
	iceBreakers: 4,
	menuItems: 20,
	linkReference: 2083,
	controlHours: 168,
};

/** Throws when the text of a message is empty or longer than Meta takes, by its bytes in UTF-8. */
export function checkText(fail: Fail, text: string): void {
	const bytes = Buffer.byteLength(text, 'utf8');
	if (text.trim() === '')
		throw fail(
			'The text is empty',
			'Enter a text. If it holds an expression, look at what the expression gives for this item.',
		);
	if (bytes > MESSAGE_TEXT_MAX_BYTES) {
		throw fail(
			`The text has ${bytes} bytes; Instagram takes at most ${MESSAGE_TEXT_MAX_BYTES}`,
			'Shorten it or send it in parts. A plain letter is 1 byte, an accented one 2, an emoji 4 or more.',
		);
	}
}
