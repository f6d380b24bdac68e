import { discoverAccount, discoverPosts, usernameIn } from '../../../meta/reading/discovery';
import { DISCOVERED_FIELDS, DISCOVERED_POST_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const forPosts = { displayOptions: { show: { about: ['posts'] } } };

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery
 */
export const discover = operation({
	value: 'discover',
	name: 'Discover',
	action: 'Look up another business',
	description:
		'Read the public profile or the posts of another Business or Creator account by its username. Needs the capability Insights. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. bluebottle',
			description: 'Username of the other account, with or without @',
		},
		{
			displayName: 'Get',
			name: 'about',
			type: 'options',
			default: 'profile',
			description: 'What to read of it',
			options: [
				{ name: 'Posts', value: 'posts', description: 'One item per post, newest first' },
				{
					name: 'Profile',
					value: 'profile',
					description: 'One item with name, biography, and how many followers and posts there are',
				},
			],
		},
		{ ...fieldsField(DISCOVERED_FIELDS), displayOptions: { show: { about: ['profile'] } } },
		{ ...fieldsField(DISCOVERED_POST_FIELDS), displayName: 'Post Fields', name: 'postFields', ...forPosts },
		...returnAllAndLimit.map((field) => ({
			...field,
			displayOptions: { show: { ...field.displayOptions?.show, ...forPosts.displayOptions.show } },
		})),
		simplify,
	],
	run: alsoAsUser(async (ctx) => {
		const { account, fail, graph, param } = ctx;
		const username = usernameIn(param('username'));
		if (!username)
			throw fail(
				`"${param('username')}" is no username`,
				'Enter the name behind the @, without blanks: letters, digits, dots and underscores.',
			);
		const path = graphPath`/${account().id}`;
		if (param<string>('about', 'profile') === 'profile') {
			const { query, names } = chosenFields(ctx, DISCOVERED_FIELDS);
			return shown(ctx, [await discoverAccount(graph, path, username, query)], names);
		}
		const { query, names } = chosenFields(ctx, DISCOVERED_POST_FIELDS, 'postFields');
		const limit = param('returnAll', false) ? Infinity : param('limit', 50);
		return shown(ctx, await discoverPosts(graph, path, username, query, limit), names);
	}),
});
