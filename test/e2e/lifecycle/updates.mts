import { ACCOUNT } from '../support.mts';
import { ALL_WRITES, both, FLORIST, MESSAGES, NONE } from './expected.mts';
import type { Life } from './life.mts';
import type { App } from './meta.mts';

/** What a new version of the trigger writes about the callback. */
const removed = ['DELETE callback', 'POST callback'];

/** New versions of the active workflow, which ask for other events and accounts. */
export async function changeEvents(life: Life, main: App, mainId: string, idOf: Record<string, string>): Promise<void> {
	const choose = (parameters: object) => async () =>
		await life.publish(mainId, (node) => Object.assign(node.parameters, parameters));
	const withComments = { callback: '/webhook/main comments messages', accounts: both('feed messages') };
	await life.row('update: an event more', main, choose({ events: ['message', 'comment'] }), {
		writes: [...removed, `POST ${ACCOUNT}`, `POST ${FLORIST}`],
		...withComments,
	});
	await life.row('update: an event less', main, choose({ events: ['message'] }), {
		writes: removed,
		callback: '/webhook/main messages',
		accounts: both('feed messages'),
	});
	await life.row(
		'update: another account',
		main,
		choose({ accounts: [idOf[FLORIST]], events: ['message', 'reaction'] }),
		{
			writes: [...removed, `POST ${FLORIST}`],
			callback: '/webhook/main message_reactions messages',
			accounts: { [ACCOUNT]: 'feed messages', [FLORIST]: 'feed message_reactions messages' },
		},
	);
	await choose({ accounts: [], events: ['message'] })();
	await life.write('after the updates');
	await life.hears(mainId, 'after the updates');
}

/** A new version with a credential of another app, and the way back. */
export async function useOtherApp(
	life: Life,
	main: App,
	mainId: string,
	pageOf: Record<string, string>,
): Promise<void> {
	const other = await life.meta.addApp('Other');
	const use = (app: App) => async () =>
		await life.publish(mainId, (node) => {
			node.credentials = { [app.login.type]: app.login.credential };
			node.parameters.authentication = app.login.type;
		});
	const since = await life.meta.lastSeq();
	await life.row('update: credential of another app (there)', other, use(other), {
		writes: ALL_WRITES,
		...MESSAGES,
	});
	await life.note('update: credential of another app (here)', main, since, {
		writes: ['DELETE callback'],
		callback: NONE,
		accounts: { [ACCOUNT]: 'feed messages', [FLORIST]: 'feed message_reactions messages' },
	});
	await life.write('to the other app');
	await life.hears(mainId, 'to the other app');
	await use(main)();
	expect((await life.meta.stateOf(other)).callback).toBe(NONE);
	for (const page of [pageOf[ACCOUNT], pageOf[FLORIST]])
		await life.meta.outside('DELETE', `/${page}/subscribed_apps`, { kind: 'page', page });
	await life.webhook(main.login, 'subscribe');
	expect(await life.meta.stateOf(main)).toEqual(MESSAGES);
}
