import { fetch } from 'undici';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { INSTAGRAM_LOGIN_SCOPES, INSTAGRAM_SCOPES } from '../../sandbox/world/seed.mts';
import { connectInstagram, execute, operation, type Login } from './support.mts';

export const PASTED = 'instagramAccessTokenApi';

/** Seeds of the sandbox: who logs in, and the Page behind `ACCOUNT`. */
export const PERSON = '122100000000000001';
export const SYSTEM_USER = '122100000000000002';
export const PAGE = '101000000000001';

const SYSTEM_CONFIGURATION = '700000000000002';
const EXPIRING_SYSTEM_CONFIGURATION = '700000000000003';

/** The permission that reading conversations needs, by the names of both logins. */
export const MESSAGES = 'instagram_manage_messages';
export const INSTAGRAM_MESSAGES = 'instagram_business_manage_messages';

/** How somebody logs in; `isWithoutMessages` leaves the permission for messages out. */
type Make = (isWithoutMessages?: boolean) => Promise<Login>;

/** Every way to log in, as a person does it: through the pop-up, or with a token out of Meta's own tools. */
export async function loginsOn(stage: Stage) {
	const [app] = (await stage.control.world()).apps;
	const token = async (request: object) =>
		(await stage.control.call<{ token: string }>('POST', '/tokens', request)).token;
	const create = async (accessToken: string, more: object = {}): Promise<Login> => {
		const { graphUrl: graphBaseUrl, instagramGraphUrl: instagramGraphBaseUrl } = stage.sandbox;
		const data = { accessToken, graphBaseUrl, instagramGraphBaseUrl, ...more };
		return { type: PASTED, credential: await stage.client.credentials.create(PASTED, 'Pasted', data) };
	};
	const popUp = async (more: object = {}, isWithoutMessages = false): Promise<Login> => {
		const choices = isWithoutMessages ? { withoutPermissions: [MESSAGES] } : {};
		return { type: OAUTH_CREDENTIAL, credential: await stage.connect('Facebook Login', { ...more }, choices) };
	};
	const paste =
		(kind: string, more: object = {}): Make =>
		async (isWithoutMessages = false) => {
			const all = kind.endsWith('nstagram') ? INSTAGRAM_LOGIN_SCOPES : INSTAGRAM_SCOPES;
			const scopes = isWithoutMessages ? all.filter((scope) => ![MESSAGES, INSTAGRAM_MESSAGES].includes(scope)) : all;
			return await create(await token({ kind, scopes }), more);
		};
	return {
		'Facebook Login': async (isWithoutMessages = false) => await popUp({}, isWithoutMessages),
		'Facebook Login, system user': async () => await popUp({ configId: SYSTEM_CONFIGURATION }),
		'Facebook Login, system user for 60 days': async () => await popUp({ configId: EXPIRING_SYSTEM_CONFIGURATION }),
		'Instagram Login': async (isWithoutMessages = false) =>
			await connectInstagram(stage, {}, isWithoutMessages ? { withoutPermissions: [INSTAGRAM_MESSAGES] } : {}),
		'pasted user token': paste('user', { appId: app.id, appSecret: app.secret }),
		'pasted user token, no app': paste('longUser'),
		'pasted Page token': paste('page'),
		'pasted Page token of an hour': async () => {
			const headers = { authorization: `Bearer ${await token({ kind: 'user' })}` };
			const answer = await fetch(`${stage.sandbox.graphUrl}/v25.0/${PAGE}?fields=access_token`, { headers });
			return await create(((await answer.json()) as { access_token: string }).access_token);
		},
		'pasted system user token': paste('systemUser'),
		'pasted Instagram token': paste('instagram'),
	} satisfies Record<string, Make>;
}

export type LoginName = keyof Awaited<ReturnType<typeof loginsOn>>;

/** What a workflow asks for: it works with each login, and needs neither a window nor a person. */
export function readProfile(login: Login) {
	return operation(login, 'messagingProfile', 'getIceBreakers');
}

/** Message and first sentence of the description of a failed run, as the node panel shows them. */
export function sentenceOf(error: { message: string; description?: string | null }): string {
	return `${error.message}. ${(error.description ?? '').split(/(?<=[.!?]) /)[0]}`;
}

/** What the user sees of a run: `OK`, or the sentences of its error. */
export type Seen = {
	sentence: string;
	description: string;
	/** What the node told n8n of the failure. */
	cause?: string;
};

/** Reads the conversations once, as "Execute workflow" does. */
export async function runOnce(stage: Stage, login: Login): Promise<Seen> {
	const { error, execution } = await execute(stage, login, readProfile(login));
	if (!error) return { sentence: 'OK', description: '' };
	const { failure } = execution.data.resultData.error as { failure?: { cause: string } };
	return { sentence: sentenceOf(error), description: error.description ?? '', cause: failure?.cause };
}
