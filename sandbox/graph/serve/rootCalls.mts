import { accessToken } from '../edges/oauth.mts';
import { searchAudio } from '../edges/audio.mts';
import { searchHashtag } from '../edges/hashtags.mts';
import { embed, searchPages } from '../edges/search.mts';
import { debugToken } from '../edges/debugToken.mts';
import { exchangeToken, refreshToken } from '../edges/instagramTokens.mts';
import type { Login } from '../../world/app.mts';
import type { Call } from '../engine/call.mts';

/** A call at the root of the Graph, which names no object. */
export type RootCall = {
	/** Needs an access token (`/oauth/access_token` does not). */
	authenticated: boolean;
	run(call: Call): unknown;
};

/** Root calls of each host by method and path. */
export const rootCalls: Record<Login, Record<string, RootCall | undefined>> = {
	facebook: {
		'GET /oauth/access_token': { authenticated: false, run: accessToken },
		'POST /oauth/access_token': { authenticated: false, run: accessToken },
		'GET /debug_token': { authenticated: true, run: debugToken },
		'GET /ig_hashtag_search': { authenticated: true, run: searchHashtag },
		'GET /ig_audio': { authenticated: true, run: searchAudio },
		'GET /pages/search': { authenticated: true, run: searchPages },
		'GET /instagram_oembed': { authenticated: false, run: embed },
	},
	instagram: {
		'GET /access_token': { authenticated: true, run: exchangeToken },
		'GET /refresh_access_token': { authenticated: true, run: refreshToken },
	},
};
