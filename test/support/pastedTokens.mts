import { createHash } from 'node:crypto';
import type { Stored } from './runNode.mts';
import { BAKERY, GRAPH, tokens } from './logins.mts';

export const INSTAGRAM = 'https://graph.instagram.com';
export const TYPE = 'instagramAccessTokenApi';
/** Strings that only look like tokens. */
export const pastedTokens = {
	user: 'EAApasteduser',
	page: 'EAApastedpage',
	instagram: 'IGAApasted00',
	renewed: 'IGAArenewed0',
};

const APP = { appId: '123456', appSecret: 'made-up' };

/** An Access Token credential as the operator saved it. */
export function pastedLogin(accessToken: string, more: object = APP): Stored {
	return {
		[TYPE]: {
			accessToken,
			appId: '',
			appSecret: '',
			defaultAccount: '',
			webhookVerifyToken: '',
			graphVersion: 'v25.0',
			graphBaseUrl: GRAPH,
			instagramGraphBaseUrl: INSTAGRAM,
			tokenSession: '',
			...more,
		},
	};
}

const DAY = 24 * 3600 * 1000;
const marks = ({ accessToken, appId, appSecret }: Record<string, unknown>) =>
	createHash('sha256').update([accessToken, appId, appSecret].join('\n')).digest('hex').slice(0, 16);

/** The same credential with a session from earlier runs; times in days from now. */
export function openedLogin(
	accessToken: string,
	session: { kind: string; token: string; endsIn?: number; renewed?: number },
	more: object = APP,
): Stored {
	const stored = pastedLogin(accessToken, more);
	const { kind, token, endsIn, renewed = -30 } = session;
	const facebook = kind !== 'instagram';
	const { pageId, pageName, ...alone } = BAKERY;
	stored[TYPE].tokenSession = JSON.stringify({
		madeFrom: marks(stored[TYPE]),
		kind,
		token,
		...(endsIn === undefined ? {} : { expiresAt: Date.now() + endsIn * DAY }),
		renewedAt: Date.now() + renewed * DAY,
		accounts: [facebook ? { ...alone, pageId, pageName } : alone],
		pageTokens: facebook ? { [pageId]: tokens.bakery } : {},
	});
	return stored;
}

export function sessionOf(stored: Stored): Record<string, unknown> {
	return JSON.parse(String(stored[TYPE].tokenSession)) as Record<string, unknown>;
}
