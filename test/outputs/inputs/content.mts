import type { IDataObject } from 'n8n-workflow';
import { BAKERY, FLORIST } from '../../sandbox/support.mts';
import { AS_INSTAGRAM, byId, type Ways, type World } from '../world.mts';

type Inputs = Record<string, Ways>;

const after =
	(prepare: (world: World) => Promise<unknown>, ...ways: IDataObject[]): Ways =>
	async (world) => {
		await prepare(world);
		return ways.length > 0 ? ways : [{}];
	};
const onPost =
	(more: object = {}): Ways =>
	async (world) => [{ postId: byId(await world.post({ caption: 'Rye' })), ...more }];

export const account: Inputs = {
	checkConnection: after(async (world) => world.listen(), {}, AS_INSTAGRAM),
	discover: () => [{ username: '@sandbox_florist' }],
	get: () => [{}, AS_INSTAGRAM],
	// Keys are the same with these options, but hold something.
	getInsights: () => [
		{},
		{
			metrics: ['reach', 'follower_demographics', 'no_such_metric'],
			options: { breakDownBy: ['follow_type'], peopleBy: ['age'] },
		},
	],
};

const commented = async (
	world: World,
	text = 'Lovely',
	more: object = {},
): Promise<{ mediaId: string; commentId: string }> => {
	const mediaId = await world.post({ caption: 'Rye' });
	const { id } = await world.customer('comments', { mediaId, text, ...more });
	await world.customer('comments', { mediaId, text: 'Indeed', parentId: id }, 'customer_two');
	await world.run('comment', 'reply', { commentId: id, text: 'Thank you' });
	return { mediaId, commentId: id as string };
};
const onComment =
	(more: object = {}): Ways =>
	async (world) => [{ commentId: (await commented(world)).commentId, ...more }];

export const comment: Inputs = {
	create: onPost({ text: 'Fresh since six' }),
	delete: onComment(),
	get: async (world) => {
		const { commentId } = await commented(world);
		const [reply] = await world.run('comment', 'getReplies', { commentId });
		return [{ commentId }, { commentId: reply.id }];
	},
	getMany: async (world) => [{ postId: byId((await commented(world)).mediaId), options: { includeReplies: true } }],
	getReplies: onComment(),
	hide: onComment(),
	unhide: onComment(),
	like: onComment(),
	unlike: onComment(),
	reply: onComment({ text: 'Thank you' }),
};

const mentioned = async (world: World) =>
	(await world.customer('posts', { caption: `Bread by @${BAKERY.username}` })).id as string;

export const mention: Inputs = {
	get: async (world) => {
		const { body } = await world.control('POST', `/accounts/${FLORIST.username}/posts`, { caption: 'Roses' });
		const { id } = await world.customer('comments', { mediaId: body.id, text: `Like @${BAKERY.username}?` });
		return [{ mediaId: await mentioned(world) }, { mediaId: body.id, commentId: id }];
	},
	reply: async (world) => {
		const { body } = await world.control('POST', `/accounts/${FLORIST.username}/posts`, { caption: 'Roses' });
		const { id } = await world.customer('comments', { mediaId: body.id, text: `Like @${BAKERY.username}?` });
		return [
			{ mediaId: await mentioned(world), text: 'Thanks' },
			{ mediaId: body.id, commentId: id, text: 'Thanks' },
		];
	},
};

const image = (world: World) => ({ source: 'url', imageUrl: `${world.files}/bread.jpg`, caption: 'Rye' });
const reel = (world: World) => ({ source: 'url', videoUrl: `${world.files}/reel.mp4`, caption: 'How we knead' });
const carousel = (world: World) => ({
	specifyItems: 'json',
	itemsJson: JSON.stringify([`${world.files}/bread.jpg`, { video_url: `${world.files}/reel.mp4` }]),
	caption: 'Both',
});
const container = async (world: World) => {
	const [{ containerId }] = await world.run('post', 'createContainer', {
		containerType: 'image',
		source: 'url',
		mediaUrl: `${world.files}/bread.jpg`,
		caption: 'Rye',
	});
	// Instagram is done with it, and with those that were made before.
	await world.advance(2);
	return String(containerId);
};
/** Pictures with and without a caption, and a reel with the thumbnail that Instagram makes of it. */
const bothKinds = async (world: World): Promise<string[]> => [
	await world.post({ caption: '' }),
	await world.post({ caption: 'Rye' }),
	String((await world.publish('publishReel', reel(world))).id),
];
const ofFlorist = async (world: World, body: object) =>
	(await world.control('POST', `/accounts/${FLORIST.username}/posts`, body)).body.id as string;

export const post: Inputs = {
	createContainer: (world) => [
		{ containerType: 'image', source: 'url', mediaUrl: `${world.files}/bread.jpg`, caption: 'Rye' },
	],
	delete: onPost(),
	disableComments: onPost(),
	enableComments: onPost(),
	get: async (world) => (await bothKinds(world)).reverse().map((id) => ({ postId: byId(id) })),
	getChildren: async (world) => [
		{ postId: byId(String((await world.publish('publishCarousel', carousel(world))).id)) },
	],
	getCollaborators: async (world) => [{ postId: byId(await world.post({ collaborators: [FLORIST.username] })) }],
	getContainer: async (world) => {
		const broken = { containerType: 'reel', source: 'url', mediaUrl: `${world.files}/bread.jpg` };
		const [{ containerId }] = await world.run('post', 'createContainer', broken);
		return [{ containerId: await container(world) }, { containerId }];
	},
	getInsights: async (world) => {
		const { id } = await world.byHand('stories');
		await world.control('PATCH', `/media/${String(id)}`, { viewers: 40 });
		return [
			{ postId: byId(await world.post()), metrics: ['likes', 'navigation'] },
			{ postId: byId(String(id)), options: { breakDown: true } },
		];
	},
	getLive: after(async (world) => await world.byHand('lives')),
	getMany: after(bothKinds),
	getScheduled: after(
		async (world) =>
			await world.byHand('scheduledPosts', {
				caption: 'Tomorrow',
				publishAt: new Date(Date.now() + 3_600_000).toISOString(),
			}),
	),
	getStories: after(
		async (world) =>
			await world.publish('publishStory', { mediaType: 'video', source: 'url', videoUrl: `${world.files}/reel.mp4` }),
	),
	getTagged: after(
		async (world) => await world.customer('posts', { caption: 'At the bakery', tags: [BAKERY.username] }),
	),
	like: onPost(),
	unlike: onPost(),
	publishCarousel: (world) => [carousel(world)],
	publishContainer: async (world) => {
		const containerId = await container(world);
		return [{ containerId }, { containerId }];
	},
	publishImage: (world) => [image(world)],
	publishReel: (world) => [reel(world)],
	publishStory: (world) => [{ mediaType: 'image', source: 'url', imageUrl: `${world.files}/bread.jpg` }],
};

const invited = async (world: World) =>
	await ofFlorist(world, { caption: 'Bread and roses', collaborators: [BAKERY.username] });

export const collaboration: Inputs = {
	accept: async (world) => [{ mediaId: await invited(world) }],
	decline: async (world) => [{ mediaId: await invited(world) }],
	getInvites: after(invited),
	getPosts: after(async (world) => await world.run('collaboration', 'accept', { mediaId: await invited(world) })),
};

const shop = async (world: World) => {
	const products = [
		{ name: 'Rye bread', price: '$4.00', retailerId: 'rye' },
		{ name: 'Poppy cake', reviewStatus: 'rejected' },
	];
	const { id, productIds } = await world.byHand('catalogs', { name: 'Bakery Shop', products });
	return { catalogId: id as string, products: productIds as string[] };
};
const rejected: Ways = async (world) => [{ productId: (await shop(world)).products[1], reason: 'It is only cake.' }];
const tagged = async (world: World) => {
	const tags = { tag: [{ productId: (await shop(world)).products[0], x: 0.1, y: 0.2 }] };
	return { postId: byId(await world.post()), tags };
};

export const product: Inputs = {
	appeal: rejected,
	getAppeal: rejected,
	getCatalogs: after(shop),
	getTags: async (world) => {
		const way = await tagged(world);
		await world.run('product', 'setTags', way);
		return [{ postId: way.postId }];
	},
	search: async (world) => [{ catalogId: (await shop(world)).catalogId }],
	setTags: async (world) => [await tagged(world)],
};

const at = (hours: number) => new Date(Math.ceil(Date.now() / 1000) * 1000 + hours * 3_600_000).toISOString();
const opening = () => ({
	title: 'Open bakery',
	startTime: at(24),
	options: { endTime: at(26), reminders: ['BEFORE_EVENT_1HOUR'] },
});
const planned = async (world: World) => ({ eventId: (await world.run('upcomingEvent', 'create', opening()))[0].id });

export const upcomingEvent: Inputs = {
	create: () => [opening()],
	get: async (world) => [await planned(world)],
	getMany: after(planned),
	update: async (world) => [{ ...(await planned(world)), updateFields: { startTime: at(25) } }],
};

const withHashtag = after(
	async (world) => {
		await world.post({ caption: 'Fresh #rye' });
		await world.customer('posts', { caption: 'My #rye loaf' });
		await world.customer('posts', { caption: 'My #rye film', type: 'reel' });
	},
	{ hashtag: 'rye' },
);

export const hashtag: Inputs = {
	getRecentPosts: withHashtag,
	getSearched: after(async (world) => await world.run('hashtag', 'search', { hashtag: 'rye' })),
	getTopPosts: withHashtag,
	search: () => [{ hashtag: 'rye' }],
};

export const search: Inputs = {
	audio: () => [{}, { audioType: 'original_sound' }],
	embed: async (world) => {
		const [{ permalink }] = await world.run('post', 'get', { postId: byId(await world.post({ caption: 'Embed me' })) });
		return [{ url: permalink }];
	},
	locations: () => [{ searchText: 'a' }],
};
