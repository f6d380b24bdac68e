import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { SandboxOptions } from '../../../sandbox/world/options.mts';
import { APP, BAKERY, start, type Json, type Started } from '../../sandbox/support.mts';
import { settledLogin } from '../logins.mts';
import { jsons, operationOf } from '../parameters.mts';
import { openedLogin, TYPE } from '../pastedTokens.mts';
import { runNode, type RunOptions, type RunResult, type Stored } from '../runNode.mts';

const ACCOUNT = {
	id: BAKERY.account,
	username: BAKERY.username,
	name: 'Sandbox Bakery',
	pageId: BAKERY.page,
	pageName: 'Sandbox Bakery',
};

/** Everything that the operations on content ask for. */
const SCOPES = [
	'pages_show_list',
	'pages_read_engagement',
	'instagram_basic',
	'instagram_manage_comments',
	'instagram_manage_insights',
	'instagram_content_publish',
	'instagram_manage_contents',
	'instagram_manage_engagement',
	'catalog_management',
	'instagram_shopping_tag_products',
	'instagram_manage_upcoming_events',
];

type Outcome = RunResult & { json: IDataObject; all: IDataObject[] };

type Asked = [resource: string, operation: string, more?: IDataObject, options?: Partial<RunOptions>];

async function furnish(started: Started) {
	const { sandbox, control } = started;
	const pageToken = await started.token('page', { page: BAKERY.username, scopes: SCOPES });
	const userToken = await started.token('longUser', { scopes: SCOPES });
	const instagramToken = await started.token('instagram', { account: BAKERY.username });
	const app = { graphBaseUrl: sandbox.graphUrl, clientId: APP.id, clientSecret: APP.secret };
	const tokens = {
		access_token: userToken,
		longLivedFor: createHash('sha256').update(userToken).digest('hex').slice(0, 16),
		pageTokens: { [BAKERY.page]: pageToken },
		appToken: `${APP.id}|${APP.secret}`,
	};
	const facebook: Stored = settledLogin([ACCOUNT], tokens, app);
	const instagram: Stored = openedLogin(
		instagramToken,
		{ kind: 'instagram', token: instagramToken, endsIn: 59, renewed: 0 },
		{ appId: APP.id, appSecret: APP.secret, instagramGraphBaseUrl: sandbox.instagramGraphUrl },
	);
	const runWith = async (
		credentials: Stored,
		authentication: string,
		[resource, operation, more, options]: Asked,
	): Promise<Outcome> => {
		const parameters = operationOf(resource, operation, { authentication, ...more });
		const result = await runNode({ parameters, credentials: structuredClone(credentials), ...options });
		const all = jsons(result.items);
		return { ...result, all, json: all[0] };
	};
	const act = async (path: string, body: Json): Promise<string> =>
		(await control('POST', path, body)).body.id as string;
	return {
		...started,
		/** With a Facebook Login, and with a token of Instagram Login. */
		run: async (...asked: Asked) => await runWith(facebook, 'instagramFacebookLoginOAuth2Api', asked),
		runAsInstagram: async (...asked: Asked) => await runWith(instagram, TYPE, asked),
		/** Makes a post of the bakery; the answer is its ID. */
		post: async (body: Json = {}) => await act(`/accounts/${BAKERY.username}/posts`, body),
		story: async (body: Json = {}) => await act(`/accounts/${BAKERY.username}/stories`, body),
		/** Somebody comments on a post, or publishes one. */
		comment: async (body: Json, customer = 'customer_one') =>
			await act(`/customers/${customer}/comments`, { account: BAKERY.username, ...body }),
		postOf: async (customer: string, body: Json) => await act(`/customers/${customer}/posts`, body),
		/** Reads an object as the bakery sees it. */
		read: async (id: string, fields: string): Promise<Json> =>
			(await started.graph('GET', `/${id}`, pageToken, { fields })).body,
		/** Calls that reached the sandbox, as `GET /17841.../media`. */
		calls: async (): Promise<string[]> =>
			((await control('GET', '/requests')).body.requests as Json[]).map(
				({ method, path }) => `${method} ${String(path)}`,
			),
	};
}

/** The node in n8n's own engine, over real HTTP against a sandbox whose bakery has posts. */
export async function openFeed(options?: SandboxOptions) {
	const started = await start(options);
	// A server that stays open keeps jest from ending.
	return await furnish(started).catch(async (error: Error) => {
		await started.close();
		throw error;
	});
}

export type Feed = Awaited<ReturnType<typeof openFeed>>;

/** A picker filled in by ID. */
export function byId(value: string): IDataObject {
	return { __rl: true, mode: 'id', value };
}
