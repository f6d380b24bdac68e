import type { Audio } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import { readCallParams } from '../engine/call.mts';
import { readEnum } from '../engine/params.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { needScopes } from '../engine/tasks.mts';

const SCOPES = ['instagram_basic', 'instagram_content_publish'];

/** Audio of the library; music of labels has no preview, original sounds name an account. */
const audioNode: NodeType<Audio> = {
	name: 'IGAudio',
	defaults: [
		'audio_id',
		'title',
		'display_artist',
		'ig_username',
		'duration_in_ms',
		'download_url',
		'cover_artwork_thumbnail_uri',
	],
	fields: {
		audio_id: ({ id }) => id,
		title: ({ title }) => title,
		display_artist: ({ artist }) => artist,
		ig_username: ({ type, artist }) => (type === 'original_sound' ? artist : undefined),
		duration_in_ms: ({ durationMs }) => durationMs,
		download_url: ({ type }, { call }) =>
			type === 'music' ? undefined : mediaUrl(call.world, [...call.world.assets.keys()][0]),
		cover_artwork_thumbnail_uri: (_audio, { call }) => mediaUrl(call.world, [...call.world.assets.keys()][0]),
	},
};

/** `GET /ig_audio`: search the library, or see what is trending without a query. */
export async function searchAudio(call: Call): Promise<unknown> {
	call.params = readCallParams(call, {
		audio_type: 'string!',
		search_query: 'string',
		user_id: 'string',
	});
	needScopes(call, SCOPES);
	const { search_query: query, audio_type: asked, user_id: user } = call.params;
	const type = readEnum('audio_type', asked, ['music', 'original_sound']);
	if (user !== undefined && !call.world.accounts.has(String(user)))
		throw invalidParam('Param user_id names no account');
	const words = String(query ?? '').toLowerCase();
	const audio: unknown[] = [];
	for (const one of call.world.audio.values()) {
		if (one.type === type && `${one.title} ${one.artist}`.toLowerCase().includes(words))
			audio.push(await selectNode(audioNode, one, call.fields, call));
	}
	return { audio };
}

/** One audio of the library. */
export const audioEndpoints: Endpoint[] = [
	endpoint({
		on: 'audio',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, audio) => selectNode(audioNode, audio, call.fields, call),
	}),
];
