import type { IDataObject } from 'n8n-workflow';
import type { SandboxOptions } from '../../../sandbox/world/options.mts';
import { APP, BAKERY, start } from '../../sandbox/support.mts';
import { operationOf } from '../parameters.mts';
import { pastedLogin, TYPE } from '../pastedTokens.mts';
import { runNode, type Stored } from '../runNode.mts';
import { BASE } from '../workflow.mts';

export const OWNER = '122100000000000001';
const CAPABILITIES = ['messaging', 'comments', 'publishing', 'insights', 'businessPages'];

type Row = { check: string; name: string; status: string; message: string; fix: string };
export type Report = IDataObject & {
	status: string;
	summary: string;
	login: IDataObject;
	account: IDataObject | null;
	checks: Row[];
};

/** Checks that found something, by name. */
export function found({ checks }: Report): Record<string, string> {
	return Object.fromEntries(
		checks
			.filter(({ status }) => status === 'problem' || status === 'warning')
			.map(({ check, status }) => [check, status]),
	);
}

export function rowOf({ checks }: Report, name: string): Row {
	const row = checks.find(({ check }) => check === name);
	if (!row) throw new Error(`The report has no row ${name}`);
	return row;
}

/** A sandbox, and logins of a node to it, in n8n's own execution engine. */
export async function openStage(options: SandboxOptions = {}) {
	const started = await start(options);
	const { sandbox, token, control } = started;
	const urls = { graphBaseUrl: sandbox.graphUrl, instagramGraphBaseUrl: sandbox.instagramGraphUrl };

	const run = async (operation: string, credentials: Stored, more: IDataObject = {}) => {
		const authentication = Object.keys(credentials)[0];
		const account = { __rl: true, mode: 'id', value: `@${BAKERY.username}` };
		return await runNode({
			parameters: operationOf('account', operation, { authentication, account, ...more }),
			credentials,
		});
	};
	const check = async (credentials: Stored, more: IDataObject = {}): Promise<Report> => {
		const { items, error } = await run('checkConnection', credentials, more);
		if (error) throw error;
		expect(items).toHaveLength(1);
		return items[0].json as Report;
	};
	/** A login through the pop-up, used once, so that its tokens are exchanged and stored. */
	const connect = async (fields: IDataObject = {}, tokenData?: IDataObject): Promise<Stored> => {
		const credentials: Stored = {
			instagramFacebookLoginOAuth2Api: {
				clientId: APP.id,
				clientSecret: APP.secret,
				grantType: 'authorizationCode',
				accessTokenUrl: `${sandbox.graphUrl}/v25.0/oauth/access_token`,
				authentication: 'body',
				scope: '',
				graphVersion: 'v25.0',
				capabilities: CAPABILITIES,
				customScopes: false,
				configId: '',
				defaultAccount: '',
				webhookVerifyToken: 'operators-own-word',
				...urls,
				...fields,
				oauthTokenData: tokenData ?? { access_token: await token('user'), token_type: 'bearer', expires_in: 3600 },
			},
		};
		const { error } = await run('getMany', credentials, { returnAll: true });
		if (error) throw error;
		return credentials;
	};
	const paste = (accessToken: string, more: object = { appId: APP.id, appSecret: APP.secret }): Stored =>
		pastedLogin(accessToken, { ...urls, ...more });

	/** What an active trigger leaves at Meta. */
	const listen = (callbackUrl = `${BASE}/webhook/hook-id/webhook`) => {
		const { apps, pages } = sandbox.world;
		const fields = new Set(['messages', 'messaging_postbacks', 'comments']);
		apps.get(APP.id)?.subscriptions.set('instagram', {
			callbackUrl,
			verifyToken: 'derived',
			fields,
			includeValues: true,
			version: 'v25.0',
		});
		pages.get(BAKERY.page)?.subscribedApps.set(APP.id, ['messages', 'messaging_postbacks', 'feed']);
	};
	/** Everything that must not stand in a report. */
	const secrets = (): string[] => [
		...sandbox.world.tokens.all().map(({ value }) => value),
		APP.secret,
		'operators-own-word',
	];
	const change = async (method: string, path: string, body: object) =>
		expect((await control(method, path, body)).status).toBe(200);
	return { ...started, run, check, connect, paste, listen, secrets, change, pastedType: TYPE };
}

export type DoctorStage = Awaited<ReturnType<typeof openStage>>;
