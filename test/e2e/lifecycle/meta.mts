import type { LoggedRequest, Webhook } from '../../../sandbox/demo/control.mts';
import type { Stage } from '../../../sandbox/demo/stage.mts';
import { PASTED } from '../logins.mts';
import type { Login } from '../support.mts';
import type { Row } from './matrix.mts';

/** A Meta app of the sandbox, and a login with it. */
export type App = {
	id: string;
	secret: string;
	login: Login;
};

/** What Meta has of one app: read at the sandbox, not through any node. */
export type State = Pick<Row, 'callback' | 'accounts'>;

/** The other side, as a person with access to Meta's database would see and change it. */
export function metaOf(stage: Stage) {
	const { control } = stage;
	const words = (fields: string[]) => [...fields].sort().join(' ');
	const describe = (webhook: Webhook | null | undefined) => {
		if (!webhook) return 'none';
		const url = webhook.callbackUrl.replace(stage.n8n.url, '').replace(/\/webhook$/, '');
		return `${url} ${words(webhook.fields)}${webhook.active ? '' : ' (off)'}`;
	};
	const lastSeq = async () => (await control.requests()).at(-1)?.seq ?? 0;

	return {
		lastSeq,
		async stateOf({ id }: { id: string }, isInstagramLogin = false): Promise<State> {
			const { apps, pages, accounts } = await control.world();
			const app = apps.find((one) => one.id === id);
			const places = isInstagramLogin ? accounts : pages;
			const subscribed = places.filter(({ username, subscribedApps }) => username && id in subscribedApps);
			return {
				callback: describe(isInstagramLogin ? app?.instagramWebhook : app?.webhook),
				accounts: Object.fromEntries(
					subscribed.map(({ username, subscribedApps }) => [username as string, words(subscribedApps[id])]),
				),
			};
		},
		/** What an app, or an account with it, was asked to change since then; refused calls included. */
		async writesSince(since: number, { id }: { id: string }): Promise<string[]> {
			const { pages, accounts } = await control.world();
			const nameOf = (path: string) => {
				const owner = path.split('/')[1];
				return (
					[
						...pages.filter((page) => page.id === owner),
						...accounts.filter((account) => account.instagramId === owner),
					][0]?.username ?? 'callback'
				);
			};
			const isWrite = ({ method, path }: { method: string; path: string }) =>
				method !== 'GET' && /\/(subscriptions|subscribed_apps)$/.test(path);
			// A call that was refused before its token was looked at belongs to the app that it names.
			const isOurs = ({ path, token }: LoggedRequest) => path === `/${id}/subscriptions` || token?.appId === id;
			const ours = (await control.requests(since)).filter((request) => isWrite(request) && isOurs(request));
			return ours.map(({ method, path }) => `${method} ${nameOf(path)}`);
		},
		/** Another app of the same person, with a pasted token. */
		async addApp(name: string): Promise<App> {
			const { id, secret } = await control.call<{ id: string; secret: string }>('POST', '/apps', { name });
			const { token } = await control.call<{ token: string }>('POST', '/tokens', { kind: 'longUser', app: id });
			const data = { accessToken: token, appId: id, appSecret: secret, graphBaseUrl: stage.sandbox.graphUrl };
			return {
				id,
				secret,
				login: { type: PASTED, credential: await stage.client.credentials.create(PASTED, name, data) },
			};
		},
		/** A call of somebody else who has the app's or a Page's token, or of Meta itself. */
		async outside(method: string, path: string, token: object): Promise<void> {
			const { token: bearer } = await control.call<{ token: string }>('POST', '/tokens', token);
			const answer = await fetch(`${stage.sandbox.graphUrl}/v25.0${path}`, {
				method,
				headers: { authorization: `Bearer ${bearer}` },
			});
			if (answer.status !== 200)
				throw new Error(`Meta answered ${method} ${path} with ${answer.status}: ${await answer.text()}`);
		},
		/** The callback that another tool entered for an app. */
		async enterByHand(
			{ id }: { id: string },
			callbackUrl: string,
			verifyToken: string,
			more: object = {},
		): Promise<void> {
			await control.call('POST', `/apps/${id}/dashboardWebhook`, {
				callbackUrl,
				verifyToken,
				fields: ['messages'],
				login: 'facebook',
				...more,
			});
		},
		/** Waits until a call that a fault holds back has arrived. */
		async untilHeld(method: string, path: RegExp, since: number): Promise<void> {
			const isHeld = async () =>
				(await control.requests(since)).some(
					(one) => one.method === method && path.test(one.path) && one.status === null,
				) || undefined;
			await control.until(`${method} ${path} to arrive`, isHeld);
		},
	};
}
