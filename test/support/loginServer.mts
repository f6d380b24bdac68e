import { graphError, line, listenAt, type Answer, type Received } from './graph.mts';
import { BAKERY, GRAPH, tokens } from './logins.mts';

export type Page = { id: string; name?: string; access_token?: string; instagram_business_account?: object };

/** A Page as `/me/accounts` lists it. */
export const pageOf = (account: typeof BAKERY, token?: string): Page => ({
	id: account.pageId,
	name: account.pageName,
	...(token ? { access_token: token } : {}),
	instagram_business_account: { id: account.id, username: account.username, name: account.name },
});

export type LoginAnswers = {
	/** Pages by page of the list. */
	lists?: Page[][];
	appToken?: () => Answer;
	exchange?: (request: Received) => Answer;
	other?: (request: Received) => Answer | undefined;
	host?: string;
};

const sixtyDays = { body: { access_token: tokens.long, token_type: 'bearer', expires_in: 5_184_000 } };

/** Meta's token endpoint and list of Pages; everything else is answered as a sent message. */
export function loginServer({ lists = [[pageOf(BAKERY, tokens.bakery)]], appToken, exchange, other, host = GRAPH }: LoginAnswers = {}): Received[] {
	return listenAt(host, (request) => {
		const mine = other?.(request);
		if (mine) return mine;
		switch (line(request)) {
			case 'GET /oauth/access_token':
				return { status: 400, body: graphError(101) };
			case 'POST /oauth/access_token':
				if (new URLSearchParams(request.body).get('grant_type') === 'client_credentials') {
					return appToken?.() ?? { body: { access_token: tokens.app, token_type: 'bearer' } };
				}
				return exchange?.(request) ?? sixtyDays;
			case 'GET /me/accounts': {
				const at = Number(request.query.after ?? 0);
				const next = at + 1 < lists.length ? { next: 'https://evil.example/?access_token=x' } : {};
				return { body: { data: lists[at], paging: { cursors: { after: String(at + 1) }, ...next } } };
			}
			case 'GET /me':
				return { body: { id: '900', name: 'Somebody' } };
			default:
				return { body: { message_id: 'aWdfZ1', recipient_id: '777' } };
		}
	});
}
