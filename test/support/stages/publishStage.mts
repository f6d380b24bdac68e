import type { IDataObject } from 'n8n-workflow';
import { startFiles } from '../../sandbox/files.mts';
import { APP, BAKERY, FLORIST, jpeg, start, type Json } from '../../sandbox/support.mts';
import { openMortalLine } from '../mortalLine.mts';
import { film } from '../mp4.mts';
import { settledLogin } from '../logins.mts';
import { jsons, operationOf } from '../parameters.mts';
import { openedLogin, TYPE } from '../pastedTokens.mts';
import { runNode, type RunOptions, type RunResult, type Stored } from '../runNode.mts';
import type { SandboxOptions } from '../../../sandbox/world/options.mts';

const SCOPES = [
	'instagram_basic',
	'instagram_content_publish',
	'pages_show_list',
	'catalog_management',
	'instagram_shopping_tag_products',
];

const accountOf = ({ account, page, username }: typeof BAKERY) => ({
	id: account,
	username,
	name: username,
	pageId: page,
	pageName: username,
});

export type Outcome = RunResult & { json: IDataObject; all: IDataObject[] };
type More = Partial<Omit<RunOptions, 'parameters' | 'credentials'>>;

/** Files of the web host, by path. */
const FILES = {
	'/bread.jpg': jpeg(400, 400),
	'/tall.jpg': jpeg(300, 600),
	'/reel.mp4': film({ seconds: 20, size: 5000 }),
	'/page.html': Buffer.from('<html>Sign in</html>'),
};

/** The node in n8n's own engine, over real HTTP against a sandbox and a web host with pictures and videos; `isMortal` when n8n can be killed. */
export async function openStage(options: SandboxOptions = {}, isMortal = false) {
	const started = await start({ videoProcessingMs: 60, ...options });
	const { sandbox, control } = started;
	const files = await startFiles(FILES);
	const line = await openMortalLine(sandbox.url, isMortal);
	const pageToken = async ({ username }: typeof BAKERY) =>
		await started.token('page', { page: username, scopes: SCOPES });
	const pageTokens = { [BAKERY.page]: await pageToken(BAKERY), [FLORIST.page]: await pageToken(FLORIST) };
	const instagramToken = await started.token('instagram', { account: BAKERY.username });
	const facebook: Stored = settledLogin(
		[accountOf(BAKERY), accountOf(FLORIST)],
		{ pageTokens },
		{
			graphBaseUrl: line.to(sandbox.graphUrl),
			clientId: APP.id,
			clientSecret: APP.secret,
			defaultAccount: BAKERY.account,
		},
	);
	const app = { appId: APP.id, appSecret: APP.secret, instagramGraphBaseUrl: sandbox.instagramGraphUrl };
	const instagram: Stored = openedLogin(
		instagramToken,
		{ kind: 'instagram', token: instagramToken, endsIn: 50, renewed: 0 },
		app,
	);

	const runWith = async (
		credentials: Stored,
		authentication: string,
		resource: string,
		operation: string,
		parameters: IDataObject,
		more: More,
	): Promise<Outcome> => {
		const result = await runNode({
			parameters: operationOf(resource, operation, { authentication, ...parameters }),
			credentials: structuredClone(credentials),
			...more,
		});
		const all = jsons(result.items);
		return { ...result, all, json: all[0] };
	};
	type Run = (resource: 'post', operation: string, parameters?: IDataObject, more?: More) => Promise<Outcome>;
	const run: Run = async (resource, operation, parameters = {}, more = {}) =>
		await runWith(facebook, 'instagramFacebookLoginOAuth2Api', resource, operation, parameters, more);
	const runAsInstagram: Run = async (resource, operation, parameters = {}, more = {}) =>
		await runWith(instagram, TYPE, resource, operation, parameters, more);
	const feedOf = async (username: string) => (await control('GET', `/accounts/${username}/feed`)).body.media as Json[];
	const seeded = new Set(
		(await Promise.all([BAKERY, FLORIST].map(async ({ username }) => await feedOf(username))))
			.flat()
			.map(({ id }) => id),
	);
	const ignored = (await control('GET', '/requests')).body.requests.length as number;
	return {
		...started,
		files: files.url,
		pageTokens,
		/** With a Facebook Login, and with a token of Instagram Login. */
		run,
		runAsInstagram,
		/** What the account published in this test, newest first. */
		feed: async (account = BAKERY): Promise<Json[]> =>
			(await feedOf(account.username)).filter(({ id }) => !seeded.has(id)),
		/** Calls that reached the sandbox, as `POST /media`; IDs are left out. */
		calls: async (): Promise<string[]> =>
			((await control('GET', '/requests')).body.requests as Json[]).slice(ignored).map(
				({ method, path }) =>
					`${method} ${
						String(path)
							.replace(/^\/\d{15,18}(?=\/|$)/, '')
							.replace(/\d{15,18}$/, '') || '/'
					}`,
			),
		requests: async (): Promise<Json[]> => ((await control('GET', '/requests')).body.requests as Json[]).slice(ignored),
		/** Reads fields of a post as Meta has them. */
		read: async (id: unknown, fields: string): Promise<Json> =>
			(await started.graph('GET', `/${String(id)}`, pageTokens[BAKERY.page], { fields })).body,
		/** Runs the node with a Facebook Login until n8n is killed, after some calls. */
		kill: line.kill,
		close: async () => {
			await line.close();
			await files.close();
			await started.close();
		},
	};
}

export type PublishStage = Awaited<ReturnType<typeof openStage>>;
