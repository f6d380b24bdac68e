import type { IDataObject } from 'n8n-workflow';
import { APP, BAKERY, start, type Json, type Started } from '../../sandbox/support.mts';
import { openMortalLine } from '../mortalLine.mts';
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
const CUSTOMER = 'customer_one';

export type Outcome = RunResult & { json: IDataObject; all: IDataObject[] };

/**
 * The node in n8n's own engine, over real HTTP against a sandbox in which a customer has written to the bakery.
 * @param isMortal n8n can be killed
 */
export async function openInbox({ isMortal = false } = {}) {
	const started: Started = await start();
	// A server that stays open keeps jest from ending.
	return await furnish(started, isMortal).catch(async (error: Error) => {
		await started.close();
		throw error;
	});
}

async function furnish(started: Started, isMortal: boolean) {
	const { sandbox, control } = started;
	const line = await openMortalLine(sandbox.url, isMortal);
	const pageToken = await started.token('page', { page: BAKERY.username });
	const instagramToken = await started.token('instagram', { account: BAKERY.username });
	const mid = await started.write(CUSTOMER, 'Hello, do you ship?');
	const person = await started.scopedId(CUSTOMER);
	const facebook: Stored = settledLogin(
		[ACCOUNT],
		{ pageTokens: { [BAKERY.page]: pageToken } },
		{ graphBaseUrl: line.to(sandbox.graphUrl), clientId: APP.id, clientSecret: APP.secret },
	);
	const app = { appId: APP.id, appSecret: APP.secret, instagramGraphBaseUrl: line.to(sandbox.instagramGraphUrl) };
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
		more: IDataObject,
		options: Partial<RunOptions> = {},
	): Promise<Outcome> => {
		const parameters = operationOf(resource, operation, { authentication, ...more });
		const result = await runNode({ parameters, credentials: structuredClone(credentials), ...options });
		const all = jsons(result.items);
		return { ...result, all, json: all[0] };
	};
	return {
		...started,
		/** ID of the customer's message, and the customer's ID for the bakery. */
		mid,
		person,
		/** With a Facebook Login, and with a token of Instagram Login. */
		run: async (resource: string, operation: string, more: IDataObject = {}, options?: Partial<RunOptions>) =>
			await runWith(facebook, 'instagramFacebookLoginOAuth2Api', resource, operation, more, options),
		runAsInstagram: async (
			resource: string,
			operation: string,
			more: IDataObject = {},
			options?: Partial<RunOptions>,
		) => await runWith(instagram, TYPE, resource, operation, more, options),
		/** What the customer sees, newest last. */
		seen: async (): Promise<Json[]> =>
			(await control('GET', `/customers/${CUSTOMER}/inbox?account=${BAKERY.username}`)).body.messages as Json[],
		/** Calls that reached the sandbox, as `POST /messages`, without the Page or account ID. */
		calls: async (): Promise<string[]> =>
			((await control('GET', '/requests')).body.requests as Json[]).map(
				({ method, path }) => `${method} ${String(path).replace(/^\/(\d{15,17}|me)(?=\/)/, '')}`,
			),
		/** Runs the node with a Facebook Login until n8n is killed, after some calls. */
		kill: line.kill,
		close: async () => {
			await line.close();
			await started.close();
		},
		setRouting: async (conversationRouting: boolean) =>
			await control('PATCH', `/accounts/${BAKERY.username}`, { conversationRouting }),
	};
}

export type Inbox = Awaited<ReturnType<typeof openInbox>>;
