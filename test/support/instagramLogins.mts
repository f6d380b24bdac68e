import { createHash } from 'node:crypto';
import { graphError, listenAt, type Answer, type Received } from './graph.mts';
import { BAKERY } from './logins.mts';
import { INSTAGRAM } from './pastedTokens.mts';
import type { Stored } from './runNode.mts';

export const NAME = 'instagramLoginOAuth2Api';
export const SECRET = 'made-up-instagram';
/** An account of Instagram Login has no Page. */
export const ALONE = { id: BAKERY.id, username: BAKERY.username, name: BAKERY.name };
const DAY = 24 * 3600 * 1000;

const fingerprint = (token: string) => createHash('sha256').update(token).digest('hex').slice(0, 16);

let made = 0;
/** A string that only looks like a token; another one each time, since the process remembers what became of tokens. */
export function newToken(): string {
	return `IGAAown${String(++made).padStart(6, '0')}`;
}

/** What n8n makes of `user_id`, which Meta sends as a bare number: its last digits are gone. */
const LOSSY_ID = Number(BAKERY.id);

/** Meta's two answers to the pop-up, as n8n stores them. */
export const answers = {
	flat: (token: string) => ({ access_token: token, user_id: LOSSY_ID, permissions: ['instagram_business_basic'] }),
	list: (token: string) => ({
		data: [{ access_token: token, user_id: '1020', permissions: 'instagram_business_basic' }],
	}),
};

export function login(oauthTokenData: object | undefined, fields: object = {}): Stored {
	return {
		[NAME]: {
			clientId: '987654',
			clientSecret: SECRET,
			grantType: 'authorizationCode',
			accessTokenUrl: 'https://api.instagram.com/oauth/access_token',
			authentication: 'body',
			scope: '',
			graphVersion: 'v25.0',
			instagramGraphBaseUrl: INSTAGRAM,
			webhookVerifyToken: '',
			...fields,
			...(oauthTokenData ? { oauthTokenData } : {}),
		} as never,
	};
}

/** Data of a login that was made to last. Times in days from now. */
export function lasting(token: string, endsIn = 59, renewed = -10) {
	return {
		access_token: token,
		longLivedFor: fingerprint(token),
		longLivedUntil: Date.now() + endsIn * DAY,
		renewedAt: Date.now() + renewed * DAY,
		accounts: [ALONE],
	};
}

export function dataOf(credentials: Stored) {
	return credentials[NAME].oauthTokenData as Record<string, unknown>;
}

export type InstagramAnswers = {
	exchange?: (call: Received) => Answer;
	renewal?: (call: Received) => Answer;
	me?: Answer;
	send?: Answer;
};

/** graph.instagram.com: its two token endpoints, which have no version, and the account; everything else is answered as a sent message. */
export function instagramServer({
	exchange,
	renewal,
	me = { body: { id: '9', user_id: BAKERY.id, username: BAKERY.username, name: BAKERY.name } },
	send = { body: { message_id: 'aWdfZ1', recipient_id: '777', data: [] } },
}: InstagramAnswers = {}): Received[] {
	const refuse = () => ({ status: 400, body: graphError(100) });
	return listenAt(INSTAGRAM, (request) => {
		switch (`${request.method} ${request.path}`) {
			case 'GET /access_token':
				return (exchange ?? refuse)(request);
			case 'GET /refresh_access_token':
				return (renewal ?? refuse)(request);
			case 'GET /v25.0/me':
				return me;
			default:
				return send;
		}
	});
}

/** An answer of a token endpoint: sixty days. */
export function sixtyDays(token: string): Answer {
	return { body: { access_token: token, token_type: 'bearer', expires_in: 5_184_000 } };
}
