import { inspect } from 'node:util';
import { exchangeInstagramToken, exchangeUserToken, renewInstagramToken } from '../../../nodes/meta/login/exchange.ts';
import { ask, type Asker } from '../../../nodes/meta/login/request.ts';
import type { Http } from '../../../nodes/meta/graph/http.ts';
import { graphPath } from '../../../nodes/meta/graph/path.ts';

const URL = 'https://graph.example/v25.0';
/** Neither looks like one of Meta's: only who sends them can know what they are. */
const [TOKEN, SECRET] = ['a token of no known form', 'a secret of no known form'];

/** Meta refuses, and quotes what it got in each of its texts. */
const quoting: Http = async () => {
	const words = `Cannot validate ${SECRET} with ${TOKEN}`;
	const error = { code: 1, message: words, error_user_title: words, error_user_msg: words, fbtrace_id: 'Atrace' };
	return { statusCode: 400, headers: {}, body: { error } };
};

const CALLS: Record<string, () => Promise<unknown>> = {
	'the exchange of a user token': async () => await exchangeUserToken(quoting, URL, { id: '1', secret: SECRET }, TOKEN),
	'the exchange of an Instagram token': async () => await exchangeInstagramToken(quoting, URL, SECRET, TOKEN),
	'the renewal of an Instagram token': async () => await renewInstagramToken(quoting, URL, TOKEN),
	'a read': async () => await ask({ http: quoting, versionedUrl: URL, token: TOKEN } as Asker, graphPath`/me`, {}),
};

describe('an error of a login', () => {
	it.each(Object.entries(CALLS))('quotes no token and no secret that was sent: %s', async (name, call) => {
		const error = await call().then(
			() => undefined,
			(reason: Error) => reason,
		);
		expect(error?.message).toContain('[token]');
		const shown = inspect(error, { depth: 12, showHidden: true });
		expect(shown).not.toContain(TOKEN);
		// The others send no secret that Meta could quote.
		if (name.startsWith('the exchange')) expect(shown).not.toContain(SECRET);
	});
});
