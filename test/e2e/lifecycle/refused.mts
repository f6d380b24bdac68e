import { connectInstagram } from '../support.mts';
import type { Expected, Life } from './life.mts';
import { PUBLISHES } from './publications.mts';

/** How often n8n tries to activate. */
const TRIES = PUBLISHES ? 5 : 1;

/** An activation that fails: because of whom, what the user reads, and what Meta has afterwards. */
type Refused = {
	name: string;
	app: { id: string; isInstagramLogin?: boolean };
	workflowId: string;
	message: string;
	refused: Expected;
	/** What the next activation writes and leaves, once the cause is gone; absent when it stays. */
	completed?: Expected;
};

const times = (count: number, writes: string[]) => Array.from({ length: count }, () => writes).flat();

/** What keeps Meta from doing its part, step by step: each with an app and two accounts of its own. */
const FAILURES = [
	{
		name: 'Meta fails (500) at the callback',
		fault: { method: 'POST', at: 'callback', status: 500, error: { code: 2 } },
		message: 'Meta is temporarily unavailable. Try again in a minute.',
		writes: () => times(TRIES, ['POST callback']),
		left: [],
	},
	{
		name: 'Meta throttles (4) the look at the callback',
		fault: { method: 'GET', at: 'callback', status: 400, error: { code: 4 } },
		message: 'The Meta app reached its call limit',
		writes: () => [],
		left: [],
	},
	{
		name: 'login expired (190) at the first account',
		fault: { method: 'GET', at: 'first', status: 400, error: { code: 190, error_subcode: 463 } },
		message: 'The login has expired',
		writes: () => [],
		left: [],
	},
	{
		name: 'no permission (200) for the second account',
		fault: { method: 'POST', at: 'second', status: 403, error: { code: 200 } },
		message: 'The login has no permission for this',
		writes: ([first, second]: string[]) => [
			...['POST callback', `POST ${first}`, `POST ${second}`, 'DELETE callback'],
			...times(TRIES - 1, ['POST callback', `POST ${second}`, 'DELETE callback']),
		],
		left: [0],
	},
] as const;

const fieldsOf = (usernames: string[]) => Object.fromEntries(usernames.map((username) => [username, 'messages']));

/** The failures of Meta's, ready to be activated. Makes the accounts first: a login reaches those that exist. */
export async function failuresOfMeta(life: Life): Promise<Refused[]> {
	const { control } = life.stage;
	const { ids } = await control.call<{ ids: string[] }>('POST', '/pages', { count: 2 * FAILURES.length, linked: true });
	const { accounts } = await control.world();
	return await Promise.all(
		FAILURES.map(async ({ name, fault, message, writes, left }, index) => {
			const own = ids
				.slice(2 * index, 2 * index + 2)
				.map((pageId) => accounts.find((account) => account.pageId === pageId)!);
			const app = await life.meta.addApp(name);
			const paths = {
				callback: `^/${app.id}/subscriptions`,
				first: `^/${own[0].pageId}/subscribed_apps`,
				second: `^/${own[1].pageId}/subscribed_apps`,
			};
			const { method, at, status, error } = fault;
			await life.fault(method, paths[at], { times: 99, status, error });
			const hook = `failing-${index + 1}`;
			const usernames = own.map(({ username }) => username);
			const lefts: string[] = left.map((one) => usernames[one]);
			const callback = `/webhook/${hook} messages`;
			return {
				name,
				app,
				workflowId: await life.trigger(app.login, hook, { accounts: own.map(({ instagramId }) => instagramId) }),
				message,
				refused: { writes: writes(usernames), callback: 'none', accounts: fieldsOf(lefts) },
				completed: {
					writes: ['POST callback', ...usernames.filter((one) => !lefts.includes(one)).map((one) => `POST ${one}`)],
					callback,
					accounts: fieldsOf(usernames),
				},
			};
		}),
	);
}

/** Another tool holds the app's callback, and has fields of its own at an account. */
export async function foreignCallback(
	life: Life,
	toolUrl: string,
	account: { id: string; username: string },
): Promise<Refused> {
	const app = await life.meta.addApp('Foreign');
	await life.meta.enterByHand(app, toolUrl, 'of the other tool', { fields: ['messages', 'story_insights'] });
	const { pageId } = (await life.stage.control.world()).accounts.find(({ username }) => username === account.username)!;
	await life.meta.outside('POST', `/${pageId}/subscribed_apps?subscribed_fields=message_reads`, {
		kind: 'page',
		page: pageId,
		app: app.id,
	});
	const state = {
		writes: [],
		callback: `${toolUrl} messages story_insights`,
		accounts: { [account.username]: 'message_reads' },
	};
	const workflowId = await life.trigger(app.login, 'beside-a-tool', { accounts: [account.id] });
	return { name: "callback of another tool's", app, workflowId, message: toolUrl, refused: state };
}

/** Meta takes the callback of an Instagram Login app from its dashboard only. */
export async function instagramAutomatic(life: Life, id: string, refused: Expected): Promise<Refused> {
	const login = await connectInstagram(life.stage);
	const workflowId = await life.trigger(login, 'instagram-automatic');
	return {
		name: 'Instagram Login, set up automatically',
		app: { id, isInstagramLogin: true },
		workflowId,
		message: 'Set "Setup" of the trigger to Manual',
		refused,
	};
}
