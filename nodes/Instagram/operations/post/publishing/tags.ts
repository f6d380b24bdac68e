import type { INodeProperties } from 'n8n-workflow';

const positionValues: INodeProperties[] = [
	{
		displayName: 'X',
		name: 'x',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 4 },
		default: 0.5,
		description: 'Place from left to right, from 0 to 1',
	},
	{
		displayName: 'Y',
		name: 'y',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 4 },
		default: 0.5,
		description: 'Place from top to bottom, from 0 to 1',
	},
];

const rows = (
	displayName: string,
	name: string,
	description: string,
	values: INodeProperties[],
	withPosition: boolean,
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Tag',
	default: {},
	description,
	options: [{ displayName: 'Tag', name: 'tag', values: withPosition ? [...values, ...positionValues] : values }],
});

const username: INodeProperties = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. @customer_one',
	description: 'Username of a public profile',
};
const productId: INodeProperties = {
	displayName: 'Product ID',
	name: 'productId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 4016298121817345',
	description: "ID of a product of the catalog of the account's shop",
};

/** People in the picture; positions are for pictures only. */
export function userTagsField(withPosition: boolean): INodeProperties {
	return rows('User Tags', 'userTags', 'Up to 20 people to tag', [username], withPosition);
}

/** Products in the picture; positions are for pictures only. */
export function productTagsField(withPosition: boolean): INodeProperties {
	return rows(
		'Product Tags',
		'productTags',
		'Up to 5 products to tag. Needs the capability Product Tags. Facebook Login only.',
		[productId],
		withPosition,
	);
}

const json = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: '[]',
	description,
});

export const userTagsJsonField = json(
	'User Tags (JSON)',
	'userTagsJson',
	'The same as a list of objects: username, and x and y from 0 to 1 on pictures. Added to User Tags.',
);
export const productTagsJsonField = json(
	'Product Tags (JSON)',
	'productTagsJson',
	'The same as a list of objects: product_id, and x and y from 0 to 1 on pictures. Added to Product Tags.',
);
