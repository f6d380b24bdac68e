import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { checkAltText, PUBLISHING_LIMITS } from '../../../../meta/publishing/details';
import { readJsonField } from '../../../../meta/input/json';
import type { RunContext } from '../../define';
import { readTags } from './details';
import { readMedia, sourceField, type MediaChoice, type Part } from './media';
import { altTextField, thumbOffsetField, type PublishOptions } from './options';
import { productTagsField, userTagsField } from './tags';
import { mediaTypeField, showForType } from './types';
import { specifyField } from '../../shared/specifyField';

/** Fields that say what a carousel consists of. */
export const itemFields: INodeProperties[] = [
	specifyField('specifyItems', 'Items'),
	{
		displayName: 'Items',
		name: 'items',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Item',
		displayOptions: { show: { specifyItems: ['fields'] } },
		default: {},
		description: '2 to 10 images and videos, in the order in which people see them',
		options: [
			{
				displayName: 'Item',
				name: 'item',
				values: [
					mediaTypeField,
					sourceField,
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						displayOptions: { show: { source: ['url'] } },
						default: '',
						placeholder: 'e.g. https://example.com/picture.jpg',
						description: 'Public address of the file',
					},
					{
						displayName: 'Input Binary Field',
						name: 'binaryField',
						type: 'string',
						displayOptions: { show: { source: ['binary'] } },
						default: 'data',
						hint: 'The name of the input binary field containing the file to be published',
						description: 'Name of the binary field that holds the file',
					},
					showForType('image', altTextField),
					showForType('video', thumbOffsetField),
					showForType('image', userTagsField(true)),
					showForType('image', productTagsField(true)),
				],
			},
		],
	},
	{
		displayName: 'Items (JSON)',
		name: 'itemsJson',
		type: 'json',
		displayOptions: { show: { specifyItems: ['json'] } },
		default:
			'[\n  { "image_url": "https://example.com/1.jpg", "alt_text": "A loaf of bread" },\n  { "video_url": "https://example.com/2.mp4" },\n  { "binary": "data" }\n]',
		description:
			'List of 2 to 10 objects: image_url, video_url, or binary with the name of a binary field; and as Meta takes them alt_text, user_tags, product_tags (images) and thumb_offset (videos)',
	},
];

/** One item in the shape of the form. */
type ItemRow = {
	mediaType?: 'image' | 'video';
	source?: string;
	url?: unknown;
	binaryField?: unknown;
	altText?: string;
	thumbOffset?: number;
} & Pick<PublishOptions, 'productTags' | 'productTagsJson' | 'userTags' | 'userTagsJson'>;

function fromJson({
	alt_text: altText,
	binary,
	image_url: image,
	product_tags: productTagsJson,
	thumb_offset: offset,
	user_tags: userTagsJson,
	video_url: video,
}: IDataObject): ItemRow {
	const isVideo = video !== undefined && image === undefined;
	const media: ItemRow =
		binary === undefined
			? { mediaType: isVideo ? 'video' : 'image', source: 'url', url: video ?? image }
			: { source: 'binary', binaryField: binary };
	return {
		...media,
		altText: altText as string,
		productTagsJson,
		userTagsJson,
		...(offset === undefined ? {} : { thumbOffset: Number(offset) }),
	};
}

function rowsOf({ fail, param }: RunContext): ItemRow[] {
	if (param<string>('specifyItems', 'fields') !== 'json') return param<{ item?: ItemRow[] }>('items', {}).item ?? [];
	const list = readJsonField<unknown>(fail, 'Items (JSON)', param<unknown>('itemsJson', '[]'));
	if (!Array.isArray(list)) throw fail('"Items (JSON)" is not a list', 'Write it as [{ ... }, { ... }].');
	// An address by itself is a picture: what an expression gives without effort.
	return (list as unknown[]).map((entry) =>
		fromJson(typeof entry === 'string' ? { image_url: entry } : ((entry ?? {}) as IDataObject)),
	);
}

async function readItem(ctx: RunContext, row: ItemRow): Promise<Part> {
	const choice: MediaChoice = {
		type: row.mediaType,
		source: row.source ?? 'url',
		url: row.url,
		binaryField: row.binaryField ?? 'data',
	};
	const media = await readMedia(ctx, choice, 'carousel', row.thumbOffset);
	const altText = String(row.altText ?? '');
	checkAltText(ctx.fail, altText);
	const tags = readTags(ctx, row, media.isVideo ? 'none' : 'needed');
	const own = media.isVideo
		? { media_type: 'VIDEO', ...(row.thumbOffset ? { thumb_offset: row.thumbOffset } : {}) }
		: altText
			? { alt_text: altText }
			: {};
	return { ...media, params: { is_carousel_item: true, ...own, ...media.params, ...tags } };
}

/** Reads and checks the items of a carousel, all of them before the first call; an error says which one it is about. */
export async function readItems(ctx: RunContext): Promise<Part[]> {
	const rows = rowsOf(ctx);
	const { children, minChildren } = PUBLISHING_LIMITS;
	if (rows.length < minChildren || rows.length > children) {
		throw ctx.fail(
			`A carousel has ${minChildren} to ${children} items; there are ${rows.length}`,
			'Add or remove items. If an expression fills the list, look at what it gives for this item.',
		);
	}
	const parts: Part[] = [];
	for (const [i, row] of rows.entries()) {
		const fail: RunContext['fail'] = (message, description) =>
			ctx.fail(`Item ${i + 1} of the carousel: ${message}`, description);
		parts.push(await readItem({ ...ctx, fail }, row));
	}
	return parts;
}
