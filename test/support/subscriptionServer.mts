import { graphError, line, listenAt, type Received } from './graph.mts';
import { pageOf } from './loginServer.mts';
import { BAKERY, GRAPH, tokens } from './logins.mts';
import { provenBody } from './proofs.mts';

export const FOREIGN = 'https://elsewhere.example/hook';

/** Meta's side of subscriptions: the app's callback, and the app on each account. `refuse` names a call that fails. */
export type State = {
	callback?: string;
	fields?: unknown[];
	active?: boolean;
	page?: string[];
	/** Fields of single accounts, by the ID in the call. */
	pages?: Record<string, string[]>;
	others?: object[];
	refuse?: string;
	/** Fields that Meta does not know: one of them costs an account all. */
	unknown?: string[];
	/** Meta refuses without naming the field. */
	isSilent?: boolean;
};

/** Meta's refusal of fields for an account, as reported from live use. */
function fieldRefusal(body: string, unknown: string[], isSilent: boolean): object | undefined {
	const sent = String((JSON.parse(body) as { subscribed_fields?: string }).subscribed_fields ?? '').split(',');
	const index = sent.findIndex((field) => unknown.includes(field));
	if (index < 0) return undefined;
	const known = [...sent.filter((field) => !unknown.includes(field)), 'ratings', 'leadgen'].join(', ');
	const named = `Param subscribed_fields[${index}] must be one of {${known}} - got "${sent[index]}".`;
	return graphError(100, undefined, { message: `(#100) ${isSilent ? 'Invalid parameter' : named}` });
}

/** Answers calls about subscriptions from a state that does not change. */
export function subscriptionServer(
	{
		callback,
		fields = ['messages', 'comments'],
		active = true,
		page,
		pages = {},
		others = [],
		refuse,
		unknown = [],
		isSilent = false,
	}: State = {},
	host = GRAPH,
): Received[] {
	return listenAt(host, (request) => {
		const what = line(request);
		if (what === refuse) return { status: 400, body: graphError(2200) };
		if (what === 'GET /123456/subscriptions') {
			const app = callback ? [{ object: 'instagram', callback_url: callback, active, fields }] : [];
			return { body: { data: [{ object: 'page', callback_url: FOREIGN, fields: [{ name: 'feed' }] }, ...app] } };
		}
		// What the login reaches, should somebody ask again.
		if (what === 'GET /me/accounts') return { body: { data: [pageOf(BAKERY, tokens.bakery)] } };
		const [, id] = /^GET \/(\d+)\/subscribed_apps$/.exec(what) ?? [];
		if (id) {
			const own = pages[id] ?? page;
			// graph.instagram.com answers the caller's own entries alone, under an ID that is no app's.
			const entry = host === GRAPH ? { id: '123456', app_id: '123456' } : { id: '18055300000000001' };
			return { body: { data: [...others, ...(own ? [{ ...entry, subscribed_fields: own }] : [])] } };
		}
		const refused = what.startsWith('POST') ? fieldRefusal(request.body, unknown, isSilent) : undefined;
		return refused ? { status: 400, body: refused } : { body: { success: true } };
	});
}

export function lines(calls: Received[]): string[] {
	return calls.map(line);
}
export function writes(calls: Received[]): Received[] {
	return calls.filter(({ method }) => method !== 'GET');
}
export function bodies(calls: Received[]): Array<Record<string, string>> {
	return writes(calls).map((call) => provenBody(call).content as Record<string, string>);
}
export function names(list: string): string[] {
	return list.split(',').sort();
}
