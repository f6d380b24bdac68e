import type { IDataObject } from 'n8n-workflow';
import { BAKERY } from '../../sandbox/support.mts';
import { AS_INSTAGRAM, byId, type Ways, type World } from '../world.mts';

type Inputs = Record<string, Ways>;

const to =
	(more: object = {}): Ways =>
	async (world) => [{ recipientId: byId(await world.person()), ...more }];
const about = async (world: World, more: object = {}) => [{ personId: byId(await world.person()), ...more }];
const toOwn = async (world: World) => {
	const ways = await about(world);
	await world.run('message', 'sendText', { recipientId: ways[0].personId, text: 'One moment' });
	return ways;
};

/** One message of each kind that Meta tells apart, newest last. */
async function fullConversation(world: World): Promise<{ conversationId: string; messages: string[] }> {
	const person = await world.person('customer_two');
	const say = async (more: object) => (await world.customer('messages', more, 'customer_two')).mid as string;
	const text = await world.write('customer_two', 'Look');
	await world.customer('reactions', { mid: text, reaction: 'love' }, 'customer_two');
	const others = [await say({ attachments: [{ type: 'image' }] }), await say({ attachments: [{ type: 'ig_reel' }] })];
	const { mid: story } = await world.customer('storyMentions', {}, 'customer_two');
	const cards = {
		card: [
			{ title: 'Rye', subtitle: 'Fresh', buttons: { button: [{ type: 'postback', title: 'Order', payload: 'RYE' }] } },
		],
	};
	const [template] = await world.run('message', 'sendTemplate', { recipientId: byId(person), cards });
	const [found] = await world.run('conversation', 'find', { personId: byId(person) });
	return { conversationId: String(found.id), messages: [text, ...others, String(story), String(template.messageId)] };
}

export const message: Inputs = {
	get: async (world) => (await fullConversation(world)).messages.map((messageId) => ({ messageId })),
	hideTyping: to(),
	markSeen: to(),
	showTyping: to(),
	react: async (world) => [
		{ recipientId: byId(await world.person()), messageId: await world.write('customer_one', 'Thanks') },
	],
	removeReaction: async (world) => {
		const way = { recipientId: byId(await world.person()), messageId: await world.write('customer_one', 'Thanks') };
		await world.run('message', 'react', way);
		return [way];
	},
	replyPrivately: async (world) => [
		{ commentId: (await world.customer('comments', { text: 'Price?' }, 'customer_three')).id, text: 'Three euros' },
	],
	sendMedia: async (world) => [
		{
			recipientId: byId(await world.person()),
			mediaType: 'image',
			source: 'url',
			mediaUrl: `${world.files}/bread.jpg`,
		},
	],
	sendQuickReplies: to({
		text: 'Rye or wheat?',
		quickReplies: { reply: [{ type: 'text', title: 'Rye', payload: 'RYE' }] },
	}),
	sendAndWait: async (world) => {
		const question = { recipientId: byId(await world.person()), message: 'Friday?' };
		return [question, { ...question, responseType: 'freeText' }];
	},
	sendSticker: to(),
	sendTemplate: to({ cards: { card: [{ title: 'Rye', subtitle: 'Fresh' }] } }),
	sendText: to({ text: 'We do' }),
	sharePost: async (world) => [
		{ recipientId: byId(await world.person()), postId: await world.post({ caption: 'Rye' }) },
	],
	uploadAttachment: (world) => [{ mediaType: 'image', source: 'url', mediaUrl: `${world.files}/bread.jpg` }],
};

export const conversation: Inputs = {
	extendControl: toOwn,
	find: async (world) => [...(await about(world)), { personId: byId('5000000000000000') }],
	getMany: async (world) => {
		await world.person();
		return [{}];
	},
	getMessages: async (world) => {
		// The first of these are too old for details then.
		for (let index = 0; index < 20; index++) await world.write('customer_two', `message ${index}`);
		return [{ conversationId: byId((await fullConversation(world)).conversationId) }];
	},
	getOwner: async (world) => [...(await toOwn(world)), { personId: byId(await world.person('customer_three')) }],
	getWindow: async (world) => [...(await about(world)), { personId: byId('5000000000000000') }],
	passControl: async (world) => (await toOwn(world)).map((way) => ({ ...way, target: 'instagramInbox' })),
	releaseControl: toOwn,
	requestControl: async (world) => {
		await world.control('PATCH', `/accounts/${BAKERY.username}`, { conversationRouting: false });
		return await about(world);
	},
	takeControl: async (world) => {
		const ways = await toOwn(world);
		await world.run('conversation', 'passControl', { ...ways[0], target: 'instagramInbox' });
		return ways;
	},
};

export const person: Inputs = {
	getProfile: async (world) => await about(world),
	moveToSpam: async (world) => await about(world),
	block: async (world) => await about(world),
	unblock: async (world) => await about(world),
};

const question = (text: string, locale = 'default') => ({ question: text, payload: '', locale });
const iceBreakers = { iceBreaker: [question('Open?'), question('Offen?', 'de_DE')] };
const menuItems = {
	item: [
		{ type: 'postback', title: 'Hours', payload: 'HOURS', locale: 'default' },
		{ type: 'web_url', title: 'Shop', url: 'https://bakery.example', locale: 'default' },
		{ type: 'postback', title: 'Zeiten', payload: 'HOURS', locale: 'de_DE' },
	],
};
const after =
	(operation: string, parameters: object, way: IDataObject = {}): Ways =>
	async (world) => {
		await world.run('messagingProfile', operation, { ...parameters });
		return [way];
	};
const welcome = {
	flowName: 'Sale',
	welcomeText: 'Hello',
	quickReplies: { reply: [{ type: 'text', title: 'Rye', payload: 'RYE' }] },
};

export const messagingProfile: Inputs = {
	createLink: () => [{}, { reference: 'summer-flyer' }],
	setIceBreakers: () => [{ iceBreakers }],
	getIceBreakers: after('setIceBreakers', { iceBreakers }),
	deleteIceBreakers: after('setIceBreakers', { iceBreakers }, { locale: 'de_DE' }),
	setMenu: () => [{ menuItems }],
	getMenu: after('setMenu', { menuItems }),
	deleteMenu: after('setMenu', { menuItems }, { locale: 'de_DE' }),
	setWelcomeFlow: () => [welcome],
	getWelcomeFlows: after('setWelcomeFlow', welcome),
	deleteWelcomeFlow: async (world) => [
		{ flowId: (await world.run('messagingProfile', 'setWelcomeFlow', welcome))[0].flowId },
	],
};

export const webhook: Inputs = {
	getStatus: (world) => {
		world.listen();
		return [{}, { webhookUrl: 'https://elsewhere.example/webhook' }, AS_INSTAGRAM];
	},
	subscribe: (world) => {
		// One that Meta does not know is left out of what is added; at the second time nothing is missing.
		world.listen(undefined, ['messages', 'retired_field']);
		return [{}, {}];
	},
	unsubscribe: (world) => {
		const webhookUrl = world.listen();
		return [{}, { removeCallback: true, webhookUrl }];
	},
};
