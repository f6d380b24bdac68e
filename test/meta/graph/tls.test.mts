import '../../support/quickTime.mts';
import { createServer, get, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { freshLogin, settledLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { pastedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';
import { selfSigned } from '../../support/selfSigned.mts';
import { sourcesIn } from '../../support/sources.mts';

jest.setTimeout(60_000);

const { cert, key } = selfSigned();
let server: Server;
let url: string;
let asked: string[] = [];

beforeAll(async () => {
	server = createServer({ cert, key }, (request, response) => {
		asked.push(request.url ?? '');
		response.end('{"data":[]}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => await new Promise((resolve) => server.close(resolve)));
beforeEach(() => (asked = []));

const facebook = 'instagramFacebookLoginOAuth2Api';
const at = (credentials: Stored, name: string): Stored => ({
	[name]: { ...credentials[name], graphBaseUrl: url, instagramGraphBaseUrl: url },
});

type Way = () => { parameters: IDataObject; credentials: Stored };
const sending = (authentication: string) =>
	operationOf('message', 'sendText', { authentication, recipientId: '777', text: 'Hi' });

/** A read, a write, and the first calls of logins. */
const WAYS: Record<string, Way> = {
	'a read': () => ({
		parameters: operationOf('conversation', 'getMany', { returnAll: false, limit: 5, simplify: false }),
		credentials: at(settledLogin(), facebook),
	}),
	'a write': () => ({ parameters: sending(facebook), credentials: at(settledLogin(), facebook) }),
	'the exchange of a login': () => ({ parameters: sending(facebook), credentials: at(freshLogin(), facebook) }),
	'a pasted token': () => ({ parameters: sending(TYPE), credentials: at(pastedLogin(pastedTokens.page), TYPE) }),
};

describe('a server that nobody vouches for', () => {
	it('answers those who know its certificate', async () => {
		const text = await new Promise((resolve, reject) =>
			get(url, { ca: cert }, (response) => response.once('data', (part: Buffer) => resolve(part.toString()))).on(
				'error',
				reject,
			),
		);
		expect([text, asked]).toEqual(['{"data":[]}', ['/']]);
	});

	it.each(Object.entries(WAYS))('gets no request, and so no token: %s', async (_name, way) => {
		const { error } = await runNode(way());
		expect(asked).toEqual([]);
		expect(error?.description).toMatch(/self.signed certificate/);
	});
});

it('no call asks n8n or Node to pass over a certificate', () => {
	const loose = /skipSslCertificateValidation|allowUnauthorizedCerts|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/;
	const sources = [...sourcesIn('nodes', '.ts'), ...sourcesIn('credentials', '.ts')];
	expect(sources.filter(({ text }) => loose.test(text)).map(({ path }) => path)).toEqual([]);
});
