import { graphError, line, listenAt, type Answer, type Received } from './graph.mts';
import { BAKERY, GRAPH, tokens } from './logins.mts';

export type Page = { id: string; name?: string; access_token?: string; instagram_business_account?: object };

/** A Page as `/me/accounts` lists it. */
export function pageOf(account: typeof BAKERY, token?: string): Page {
	return {
		id: account.pageId,
		name: account.pageName,
		...(token ? { access_token: token } : {}),
		instagram_business_account: { id: account.id, username: account.username, name: account.name },
	};
}

/** Pages of one business portfolio: its own, and those of its clients; each by page of the list, or a refusal. */
type Portfolio = { owned?: Page[][] | Answer; client?: Page[][] | Answer };

export type LoginAnswers = {
	/** Pages by page of the list. */
	lists?: Page[][];
	/** What `/me/permissions` says, by permission. */
	permissions?: Record<string, string>;
	/** Portfolios that the login sees, by ID. */
	portfolios?: Record<string, Portfolio>;
	appToken?: () => Answer;
	exchange?: (request: Received) => Answer;
	other?: (request: Received) => Answer | undefined;
	host?: string;
};

export const BASE_PERMISSIONS = { instagram_basic: 'granted', pages_show_list: 'granted' };

/** One page of a list; `next` leads elsewhere, which must not be followed. */
const pageAt = (lists: unknown[][], at: number): Answer => ({
	body: {
		data: lists[at] ?? [],
		paging: {
			cursors: { after: String(at + 1) },
			...(at + 1 < lists.length ? { next: 'https://evil.example/?access_token=x' } : {}),
		},
	},
});

/** `/me/businesses` and the two lists of each portfolio; nothing for other paths. */
function portfolioAnswer({ query, ...request }: Received, portfolios: Record<string, Portfolio>): Answer | undefined {
	const [, id, edge] = /^GET \/(\w+)\/(businesses|owned_pages|client_pages)$/.exec(line({ query, ...request })) ?? [];
	if (edge === 'businesses') return pageAt([Object.keys(portfolios).map((key) => ({ id: key }))], 0);
	const list = edge === 'owned_pages' ? portfolios[id]?.owned : portfolios[id]?.client;
	if (!edge || (list !== undefined && !Array.isArray(list))) return list as Answer | undefined;
	return pageAt((list as Page[][] | undefined) ?? [[]], Number(query.after ?? 0));
}

const sixtyDays = { body: { access_token: tokens.long, token_type: 'bearer', expires_in: 5_184_000 } };

/** Meta's token endpoint, lists of Pages and permissions; everything else is answered as a sent message. */
export function loginServer(answers: LoginAnswers = {}): Received[] {
	const {
		lists = [[pageOf(BAKERY, tokens.bakery)]],
		permissions = BASE_PERMISSIONS,
		portfolios = {},
		appToken,
		exchange,
		other,
		host = GRAPH,
	} = answers;
	return listenAt(host, (request) => {
		const mine = other?.(request) ?? portfolioAnswer(request, portfolios);
		if (mine) return mine;
		switch (line(request)) {
			case 'GET /oauth/access_token':
				return { status: 400, body: graphError(101) };
			case 'POST /oauth/access_token':
				if (new URLSearchParams(request.body).get('grant_type') === 'client_credentials') {
					return appToken?.() ?? { body: { access_token: tokens.app, token_type: 'bearer' } };
				}
				return exchange?.(request) ?? sixtyDays;
			case 'GET /me/accounts':
				return pageAt(lists, Number(request.query.after ?? 0));
			case 'GET /me/permissions':
				return { body: { data: Object.entries(permissions).map(([permission, status]) => ({ permission, status })) } };
			case 'GET /me':
				return { body: { id: '900', name: 'Somebody' } };
			default:
				return { body: { message_id: 'aWdfZ1', recipient_id: '777' } };
		}
	});
}
