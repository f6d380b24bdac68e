import type { IDataObject } from 'n8n-workflow';
import { guardNetwork, listenAt } from '../../../support/graph.mts';
import { GRAPH } from '../../../support/logins.mts';
import { run } from '../../../support/parameters.mts';

guardNetwork();

const to = { recipientId: '777' };
/** A sign of two bytes, one of four, and a plain one: characters and bytes must not be mixed up. */
const SIGNS = ['a', 'é', '👋'];

type Limit = {
	name: string;
	/** Runs the operation with a value of this size. */
	parameters: (size: number, sign: string) => [resource: string, operation: string, more: IDataObject];
	max: number;
	/** Counts bytes: then the sign decides how many fit. */
	bytes?: true;
	message: (size: number) => string;
};

const title = (length: number, sign: string) => sign.repeat(length);
const list = <T,>(length: number, entry: (index: number) => T): T[] =>
	Array.from({ length }, (_, index) => entry(index));
const reply = (index: number) => ({ contentType: 'text', title: `R${index}`, payload: '' });
const postback = (text: string, payload = 'P') => ({ type: 'postback', title: text, payload });
const questions = (size: number, more: object = {}) => ({
	iceBreakers: {
		iceBreaker: list(size, (index) => ({ question: `Q${index}`, payload: 'P', locale: 'default', ...more })),
	},
});

// prettier-ignore
const LIMITS: Limit[] = [
	{ name: 'text', max: 1000, bytes: true, parameters: (size, sign) => ['message', 'sendText', { ...to, text: title(size, sign) }], message: (size) => `The text has ${size} bytes; Instagram takes at most 1000` },
	{ name: 'text with quick replies', max: 1000, bytes: true, parameters: (size, sign) => ['message', 'sendQuickReplies', { ...to, text: title(size, sign), quickReplies: { reply: [reply(0)] } }], message: (size) => `The text has ${size} bytes; Instagram takes at most 1000` },
	{ name: 'private reply', max: 1000, bytes: true, parameters: (size, sign) => ['message', 'replyPrivately', { commentId: '1', text: title(size, sign) }], message: (size) => `The text has ${size} bytes; Instagram takes at most 1000` },
	{ name: 'welcome text', max: 1000, bytes: true, parameters: (size, sign) => ['messagingProfile', 'setWelcomeFlow', { flowName: 'F', welcomeText: title(size, sign) }], message: (size) => `The text has ${size} bytes; Instagram takes at most 1000` },
	{ name: 'title of a quick reply', max: 20, parameters: (size, sign) => ['message', 'sendQuickReplies', { ...to, text: 'x', quickReplies: { reply: [{ ...reply(0), title: title(size, sign) }] } }], message: (size) => `The title of a quick reply has ${size} characters; Instagram takes at most 20` },
	{ name: 'payload of a quick reply', max: 1000, parameters: (size, sign) => ['message', 'sendQuickReplies', { ...to, text: 'x', quickReplies: { reply: [{ ...reply(0), payload: title(size, sign) }] } }], message: (size) => `The payload of a quick reply has ${size} characters; Instagram takes at most 1000` },
	{ name: 'title of a button', max: 20, parameters: (size, sign) => ['message', 'sendTemplate', { ...to, templateType: 'button', templateText: 'x', buttons: { button: [postback(title(size, sign))] } }], message: (size) => `The title of a button has ${size} characters; Instagram takes at most 20` },
	{ name: 'payload of a button', max: 1000, parameters: (size, sign) => ['message', 'sendTemplate', { ...to, templateType: 'button', templateText: 'x', buttons: { button: [postback('T', title(size, sign))] } }], message: (size) => `The payload of a button has ${size} characters; Instagram takes at most 1000` },
	{ name: 'text of a button template', max: 640, parameters: (size, sign) => ['message', 'sendTemplate', { ...to, templateType: 'button', templateText: title(size, sign), buttons: { button: [postback('T')] } }], message: (size) => `The text of the button template has ${size} characters; Instagram takes at most 640` },
	{ name: 'title of a card', max: 80, parameters: (size, sign) => ['message', 'sendTemplate', { ...to, templateType: 'generic', cards: { card: [{ title: title(size, sign), subtitle: 'S' }] } }], message: (size) => `The title of a card has ${size} characters; Instagram takes at most 80` },
	{ name: 'subtitle of a card', max: 80, parameters: (size, sign) => ['message', 'sendTemplate', { ...to, templateType: 'generic', cards: { card: [{ title: 'T', subtitle: title(size, sign) }] } }], message: (size) => `The subtitle of a card has ${size} characters; Instagram takes at most 80` },
	{ name: 'payload of an ice breaker', max: 1000, parameters: (size, sign) => ['messagingProfile', 'setIceBreakers', questions(1, { payload: title(size, sign) })], message: (size) => `The payload of an ice breaker has ${size} characters; Instagram takes at most 1000` },
	{ name: 'payload of a menu item', max: 1000, parameters: (size, sign) => ['messagingProfile', 'setMenu', { menuItems: { item: [postback('T', title(size, sign))] } }], message: (size) => `The payload of a menu item has ${size} characters; Instagram takes at most 1000` },
];

// prettier-ignore
const COUNTS: Limit[] = [
	{ name: 'quick replies', max: 13, parameters: (size) => ['message', 'sendQuickReplies', { ...to, text: 'x', quickReplies: { reply: list(size, reply) } }], message: (size) => `There are ${size} quick replies; Instagram takes at most 13` },
	{ name: 'images', max: 10, parameters: (size) => ['message', 'sendMedia', { ...to, mediaType: 'image', source: 'attachment', attachmentId: list(size, String).join() }], message: (size) => `There are ${size} images; Instagram takes at most 10` },
	{ name: 'cards', max: 10, parameters: (size) => ['message', 'sendTemplate', { ...to, templateType: 'generic', cards: { card: list(size, () => ({ title: 'T', subtitle: 'S' })) } }], message: (size) => `There are ${size} cards; Instagram takes at most 10` },
	{ name: 'products', max: 10, parameters: (size) => ['message', 'sendTemplate', { ...to, templateType: 'product', productIds: list(size, String).join(',') }], message: (size) => `There are ${size} products; Instagram takes at most 10` },
	{ name: 'buttons', max: 3, parameters: (size) => ['message', 'sendTemplate', { ...to, templateType: 'button', templateText: 'x', buttons: { button: list(size, () => postback('T')) } }], message: (size) => `There are ${size} buttons; Instagram takes at most 3` },
	{ name: 'buttons of a card', max: 3, parameters: (size) => ['message', 'sendTemplate', { ...to, templateType: 'generic', cards: { card: [{ title: 'T', buttons: { button: list(size, () => postback('T')) } }] } }], message: (size) => `There are ${size} buttons; Instagram takes at most 3` },
	{ name: 'ice breakers', max: 4, parameters: (size) => ['messagingProfile', 'setIceBreakers', questions(size)], message: (size) => `There are ${size} ice breakers for the language "default"; Instagram takes at most 4` },
	{ name: 'hours of control', max: 168, parameters: (size) => ['conversation', 'extendControl', { personId: '777', hours: size }], message: (size) => `Control cannot be extended by ${size} hours; Meta takes at most 168` },
];

const both = async (parameters: ReturnType<Limit['parameters']>) => {
	const calls = listenAt(GRAPH, () => ({ body: { recipient_id: '777', message_id: 'm', flow_id: '1' } }));
	const { error } = await run(...parameters);
	return { error, calls: calls.length };
};

describe.each(LIMITS)('the $name', ({ parameters, max, bytes, message }) => {
	it.each(SIGNS)('goes out at the limit and stays here beyond it, written with %s', async (sign) => {
		const size = bytes ? max / Buffer.byteLength(sign) : max;
		expect(await both(parameters(size, sign))).toEqual({ error: undefined, calls: 1 });
		const { error, calls } = await both(parameters(size + 1, sign));
		expect(error?.message).toBe(message(bytes ? (size + 1) * Buffer.byteLength(sign) : size + 1));
		expect(calls).toBe(0);
	});
});

describe.each(COUNTS)('the number of $name', ({ parameters, max, message }) => {
	it('goes out at the limit and stays here beyond it', async () => {
		expect(await both(parameters(max, ''))).toEqual({ error: undefined, calls: 1 });
		const { error, calls } = await both(parameters(max + 1, ''));
		expect(error?.message).toBe(message(max + 1));
		expect(calls).toBe(0);
	});
});

it.each<[string, string, IDataObject, string]>(
	// prettier-ignore
	[
		['message', 'sendQuickReplies', { ...to, text: 'x' }, 'There are 0 quick replies; Instagram needs at least 1'],
		['message', 'sendTemplate', { ...to, templateType: 'button', templateText: 'x' }, 'There are 0 buttons; Instagram needs at least 1'],
		['message', 'sendTemplate', { ...to, templateType: 'generic' }, 'There are 0 cards; Instagram needs at least 1'],
		['message', 'sendTemplate', { ...to, templateType: 'product', productIds: ', ' }, 'There are 0 products; Instagram needs at least 1'],
		['conversation', 'extendControl', { personId: '777', hours: 0 }, 'Control cannot be extended by 0 hours; Meta takes at most 168'],
		['messagingProfile', 'setMenu', { specifyMenu: 'json', menuJson: '[{ "locale": "default" }]' }, 'There are 0 menu items for the language "default"; Instagram needs at least 1'],
	],
)('%s: %s with nothing in it is refused before any call', async (resource, operation, more, message) => {
	const { error, calls } = await both([resource, operation, more]);
	expect([error?.message, calls]).toEqual([message, 0]);
});

it.each(['user_phone_number', 'user_email'])(
	'a quick reply of the type %s, of which Meta makes no button any more, is refused before any call',
	async (type) => {
		const json = { specifyReplies: 'json', quickRepliesJson: `[{ "content_type": "${type}" }]` };
		const { error, calls } = await both(['message', 'sendQuickReplies', { ...to, text: 'x', ...json }]);
		expect([error?.message, calls]).toEqual([
			'Instagram shows no quick replies that ask for a phone number or an email address',
			0,
		]);
	},
);
