import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { startFiles } from '../sandbox/files.mts';
import { APP, BAKERY, jpeg, start, type Json } from '../sandbox/support.mts';
import { film } from '../support/mp4.mts';
import { settledLogin } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { openedLogin, TYPE } from '../support/pastedTokens.mts';
import { runNode, type Stored } from '../support/runNode.mts';
import { BASE } from '../support/workflow.mts';

/** All that the operations ask for, together. */
const SCOPES = [
	'pages_show_list',
	'pages_read_engagement',
	'pages_manage_metadata',
	'pages_messaging',
	'business_management',
	'instagram_basic',
	'instagram_manage_messages',
	'instagram_manage_comments',
	'instagram_manage_insights',
	'instagram_content_publish',
	'instagram_manage_contents',
	'instagram_manage_engagement',
	'catalog_management',
	'instagram_shopping_tag_products',
	'instagram_manage_upcoming_events',
];

const ACCOUNT = {
	id: BAKERY.account,
	username: BAKERY.username,
	name: 'Sandbox Bakery',
	pageId: BAKERY.page,
	pageName: 'Sandbox Bakery',
};
const FILES = { '/bread.jpg': jpeg(400, 400), '/reel.mp4': film({ seconds: 20, size: 5000 }) };

/** Parameter that runs an operation with Instagram Login instead of Facebook Login. */
export const AS_INSTAGRAM = { authentication: TYPE };

/** A picker filled in by ID. */
export function byId(value: string): IDataObject {
	return { __rl: true, mode: 'id', value };
}

/** A sandbox in which much can happen to the bakery, and the node with both logins, in n8n's own engine over real HTTP. */
export async function openWorld() {
	const started = await start({ videoProcessingMs: 60 });
	const files = await startFiles(FILES);
	const { sandbox, control, token } = started;
	const userToken = await token('longUser', { scopes: SCOPES });
	const instagramToken = await token('instagram', { account: BAKERY.username });
	const tokens = {
		access_token: userToken,
		longLivedFor: createHash('sha256').update(userToken).digest('hex').slice(0, 16),
		pageTokens: { [BAKERY.page]: await token('page', { page: BAKERY.username, scopes: SCOPES }) },
		appToken: `${APP.id}|${APP.secret}`,
	};
	const credentials: Stored = {
		...settledLogin([ACCOUNT], tokens, { graphBaseUrl: sandbox.graphUrl, clientId: APP.id, clientSecret: APP.secret }),
		...openedLogin(
			instagramToken,
			{ kind: 'instagram', token: instagramToken, endsIn: 59, renewed: 0 },
			{ appId: APP.id, appSecret: APP.secret, instagramGraphBaseUrl: sandbox.instagramGraphUrl },
		),
	};
	const made = async (path: string, body: object): Promise<Json> => {
		const answer = await control('POST', path, body);
		if (answer.status !== 200)
			throw new Error(`The sandbox answered POST ${path} with ${answer.status}: ${JSON.stringify(answer.body)}`);
		return answer.body;
	};
	const run = async (resource: string, operation: string, more: IDataObject = {}): Promise<IDataObject[]> => {
		const { items, error } = await runNode({
			parameters: operationOf(resource, operation, more),
			credentials: structuredClone(credentials),
		});
		if (error)
			throw new Error(`${resource}/${operation}: ${error.message} ${error.description ?? ''}`, { cause: error });
		return items.map(({ json }) => json);
	};
	return {
		...started,
		files: files.url,
		/** Puts out the items of an operation; an item that failed fails this. */
		run,
		/** What the owner of the bakery does by hand, and what a customer does. */
		byHand: async (action: string, body: Json = {}) => await made(`/accounts/${BAKERY.username}/${action}`, body),
		customer: async (action: string, body: Json = {}, username = 'customer_one') =>
			await made(`/customers/${username}/${action}`, { account: BAKERY.username, ...body }),
		post: async (body: Json = {}): Promise<string> =>
			(await made(`/accounts/${BAKERY.username}/posts`, body)).id as string,
		/** A post or reel of the node's own, found by this caption. */
		publish: async (operation: string, more: IDataObject = {}) => (await run('post', operation, more))[0],
		/** Somebody who has written, by their ID for the bakery. */
		person: async (username = 'customer_one'): Promise<string> => {
			await started.write(username, 'Hello, do you ship?');
			return await started.scopedId(username);
		},
		/** What an active trigger leaves at Meta. */
		listen: (callbackUrl = `${BASE}/webhook/hook-id/webhook`, accountFields = ['messages', 'feed']) => {
			const { apps, pages } = sandbox.world;
			const fields = new Set(['messages', 'messaging_postbacks', 'comments']);
			apps.get(APP.id)?.subscriptions.set('instagram', {
				callbackUrl,
				verifyToken: 'derived',
				fields,
				includeValues: true,
				version: 'v25.0',
			});
			pages.get(BAKERY.page)?.subscribedApps.set(APP.id, accountFields);
			return callbackUrl;
		},
		close: async () => {
			await files.close();
			await started.close();
		},
	};
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Prepares the world for an operation; the answer is the parameters of each run whose items count, as the editor leaves them otherwise. */
export type Ways = (world: World) => IDataObject[] | Promise<IDataObject[]>;
