import type { IDataObject } from 'n8n-workflow';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** A place has coordinates; other Pages cannot be the location of a post. */
function simplifyPage({ id, name, link, location }: IDataObject): IDataObject {
	const { street, city, state, zip, country, latitude, longitude } = (location ?? {}) as IDataObject;
	const place = { street, city, state, zip, country, latitude, longitude };
	const known = Object.fromEntries(Object.entries(place).map(([key, value]) => [key, value ?? null]));
	return {
		id,
		name: name ?? null,
		link: link ?? null,
		...known,
		canBeTagged: latitude !== undefined && longitude !== undefined,
	};
}

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/pages-api/search-pages
 */
export const locations = operation({
	value: 'locations',
	name: 'Locations',
	action: 'Search locations for posts',
	description:
		'Search the Facebook Pages of places by name: the ID of one with coordinates can be the location of a post. The app needs the feature Page Public Metadata Access. Facebook Login only.',
	withoutAccount: true,
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		{
			displayName: 'Name',
			name: 'searchText',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Blue Bottle Oakland',
			description: 'Name of the place, with the city for fewer results',
		},
		...returnAllAndLimit,
		simplify,
	],
	run: async ({ list, param }) => {
		const pages = await list({
			method: 'GET',
			path: graphPath`/pages/search`,
			query: { q: param('searchText').trim(), fields: 'id,name,link,location' },
			signAs: 'user',
		});
		return param('simplify', true) ? pages.map(simplifyPage) : pages;
	},
});
