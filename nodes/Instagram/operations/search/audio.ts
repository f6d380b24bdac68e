import type { IDataObject } from 'n8n-workflow';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const AUDIO_FIELDS = [
	'audio_id',
	'title',
	'display_artist',
	'ig_username',
	'duration_in_ms',
	'download_url',
	'cover_artwork_thumbnail_uri',
];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing
 */
export const audio = operation({
	value: 'audio',
	name: 'Audio',
	action: 'Search audio for reels',
	description:
		'Search music and sounds that a reel may be published with, or list what is popular now. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		{
			displayName: 'Audio Type',
			name: 'audioType',
			type: 'options',
			default: 'music',
			description: 'What to search',
			options: [
				{ name: 'Music', value: 'music', description: 'Licensed music' },
				{ name: 'Original Sound', value: 'original_sound', description: 'Sounds of reels of other people' },
			],
		},
		{
			displayName: 'Search Text',
			name: 'searchText',
			type: 'string',
			default: '',
			placeholder: 'e.g. morning',
			description: 'Words from title or artist; what is popular now when empty',
		},
		simplify,
	],
	run: async (ctx) => {
		const text = ctx.param('searchText', '').trim();
		const query = {
			audio_type: ctx.param('audioType', 'music'),
			user_id: ctx.account().id,
			...(text ? { search_query: text } : {}),
		};
		const answer = await ctx.graph({ method: 'GET', path: graphPath`/ig_audio`, query });
		return shown(ctx, (answer.audio ?? answer.data ?? []) as IDataObject[], AUDIO_FIELDS);
	},
});
