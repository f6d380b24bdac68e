import { operation } from '../define';
import { postField, postIdOf } from '../shared/postField';
import { readTags, SHOP_NOTE, tagFields } from './shared/tags';
import { optionsField } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

type Options = { carouselItem?: number; isVideo?: boolean };

/**
 * Facebook Login only. Meta adds what is new and moves what is there; it takes no tag away.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/product_tags
 */
export const setTags = operation({
	value: 'setTags',
	name: 'Set Tags',
	action: 'Tag products on a post',
	description: `Tag products on a published post, or move tags that are there: up to 20 on a post, 30 on a reel. No tag is taken away. ${SHOP_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'products',
	lane: (param) => param('postId'),
	fields: [
		postField,
		...tagFields,
		optionsField(
			{
				displayName: 'Carousel Item',
				name: 'carouselItem',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description: 'Which picture of a carousel to tag, counted from 1',
			},
			{
				displayName: 'Video or Reel',
				name: 'isVideo',
				type: 'boolean',
				default: false,
				description: 'Whether it is a video or reel that is tagged: its tags have no position',
			},
		),
	],
	run: async (ctx) => {
		const { carouselItem, isVideo = false } = ctx.param<Options>('options', {});
		const tags = readTags(ctx, isVideo);
		if (carouselItem !== undefined && !(Number(carouselItem) >= 1))
			throw ctx.fail('"Carousel Item" is less than 1', 'The first picture is number 1.');
		const postId = await postIdOf(ctx);
		const item = carouselItem === undefined ? {} : { child_index: Number(carouselItem) - 1 };
		await ctx.graph({
			method: 'POST',
			path: graphPath`/${postId}/product_tags`,
			body: { updated_tags: tags, ...item },
			repeatable: true,
		});
		return { postId, tagged: tags.map(({ product_id: productId }) => productId) };
	},
});
