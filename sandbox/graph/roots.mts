import { accessToken } from './edges/oauth.mts';
import { debugToken } from './edges/debugToken.mts';
import { exchangeToken, refreshToken } from './edges/instagramTokens.mts';
import type { Login } from '../world/app.mts';
import type { Call } from './call.mts';

/** A call at the root of the Graph, which names no object. */
export interface Root {
	/** Needs an access token (`/oauth/access_token` does not). */
	authenticated: boolean;
	run(call: Call): unknown;
}

/** Root calls of each host by method and path. */
export const roots: Record<Login, Record<string, Root | undefined>> = {
	facebook: {
		'GET /oauth/access_token': { authenticated: false, run: accessToken },
		'POST /oauth/access_token': { authenticated: false, run: accessToken },
		'GET /debug_token': { authenticated: true, run: debugToken },
	},
	instagram: {
		'GET /access_token': { authenticated: true, run: exchangeToken },
		'GET /refresh_access_token': { authenticated: true, run: refreshToken },
	},
};
