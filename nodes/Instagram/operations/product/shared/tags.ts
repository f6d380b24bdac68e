import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asList, readJsonField } from '../../../../meta/input/json';
import { metaId } from '../../shared/metaId';
import type { RunContext } from '../../define';
import { specifyField } from '../../shared/specifyField';

/** Said of every operation on products. */
export const SHOP_NOTE =
	'For business accounts with an Instagram shop; needs the capability Product Tags. Facebook Login only';

export const productIdField: INodeProperties = {
	displayName: 'Product ID',
	name: 'productId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 3231775643511089',
	description: 'ID of the product at Meta, from Search',
};

/** ID of the chosen product. */
export function productIdOf(ctx: RunContext): string {
	return metaId(ctx, 'productId', 'Product ID');
}

const JSON_LABEL = 'Tags (JSON)';

const position = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0.5,
	description,
});

export const tagFields: INodeProperties[] = [
	specifyField('specifyTags', 'Tags'),
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Tag',
		displayOptions: { show: { specifyTags: ['fields'] } },
		default: {},
		description: 'Products to tag. A product that is tagged already gets the new position; others stay as they are.',
		options: [
			{
				displayName: 'Tag',
				name: 'tag',
				values: [
					{
						displayName: 'Product ID',
						name: 'productId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 3231775643511089',
						description: 'ID of the product, from Search',
					},
					position('X', 'x', 'Distance from the left edge of the picture, from 0 to 1'),
					position('Y', 'y', 'Distance from the upper edge of the picture, from 0 to 1'),
				],
			},
		],
	},
	{
		displayName: JSON_LABEL,
		name: 'tagsJson',
		type: 'json',
		displayOptions: { show: { specifyTags: ['json'] } },
		default: '[\n  { "product_id": "3231775643511089", "x": 0.5, "y": 0.5 }\n]',
		description: 'List of objects as Meta takes them: product_id, and x and y from 0 to 1 for pictures',
	},
];

const isFraction = (value: unknown): boolean =>
	value !== '' && value !== null && Number(value) >= 0 && Number(value) <= 1;

/**
 * The tags in Meta's shape.
 * @param isVideo videos and reels take no positions
 */
export function readTags({ fail, param }: RunContext, isVideo: boolean): IDataObject[] {
	const rows =
		param<string>('specifyTags', 'fields') === 'json'
			? asList(fail, JSON_LABEL, readJsonField(fail, JSON_LABEL, param<unknown>('tagsJson', '[]')))
			: (param<{ tag?: IDataObject[] }>('tags', {}).tag ?? []).map(
					({ productId, x, y }): IDataObject => ({ product_id: productId, x, y }),
				);
	if (rows.length === 0) throw fail('There are no tags', 'Add at least one product.');
	return rows.map(({ product_id: productId, x, y }) => {
		const id = String(productId ?? '').trim();
		// Its last digits are lost by now, and it would name another product.
		if (typeof productId === 'number' && !Number.isSafeInteger(productId))
			throw fail(`The product ID ${id} is too long for a number`, 'Put IDs in quotes.');
		if (!/^\d+$/.test(id)) throw fail(`"${id}" is no ID of a product`, 'Search gives the IDs of products.');
		if (isVideo) return { product_id: id };
		if (!isFraction(x ?? '') || !isFraction(y ?? ''))
			throw fail(
				`The position of product ${id} is not between 0 and 1`,
				'Give X and Y from 0 (left, top) to 1. For a video or reel, switch on "Video or Reel".',
			);
		return { product_id: id, x: Number(x), y: Number(y) };
	});
}
