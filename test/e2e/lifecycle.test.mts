import { OAUTH_CREDENTIAL } from '../../sandbox/demo/stage.mts';
import { CHANGES } from './lifecycle/changes.mts';
import { AT_CRASH, carryOn, crash, type Crashed } from './lifecycle/crash.mts';
import { PUBLISHES, RENEWED, TAKES_DOWN_FIRST } from './lifecycle/publications.mts';
import { ALL_WRITES, both, MESSAGES, NONE } from './lifecycle/expected.mts';
import { openLife, type Life } from './lifecycle/life.mts';
import type { App } from './lifecycle/meta.mts';
import { failuresOfMeta, foreignCallback, instagramAutomatic } from './lifecycle/refused.mts';
import { setUpByHand, setUpInstagram } from './lifecycle/setUps.mts';
import { startTool } from './lifecycle/tool.mts';
import { changeEvents, useOtherApp } from './lifecycle/updates.mts';
import { ACCOUNT, callbackOf, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(180_000);

describe('what the trigger does at Meta, on a real n8n', () => {
	let tool: Awaited<ReturnType<typeof startTool>>;
	let life: Life;
	/** The app whose workflow is active for most of its life. */
	let main: App;
	let mainId: string;
	let crashed: Crashed;
	let pageOf: Record<string, string>;
	let idOf: Record<string, string>;

	beforeAll(async () => {
		tool = await startTool();
		life = await openLife();
		const { apps, accounts } = await life.stage.control.world();
		pageOf = Object.fromEntries(accounts.map(({ username, pageId }) => [username, pageId]));
		idOf = Object.fromEntries(accounts.map(({ username, instagramId }) => [username, instagramId]));
		main = { ...apps[0], login: { type: OAUTH_CREDENTIAL, credential: await life.stage.connect() } };
		mainId = await life.trigger(main.login, 'main', { options: { copyLiveEvents: true } });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await life?.close();
		await tool?.close();
	});

	describe('activated', () => {
		it('checks the callback with a challenge and subscribes fields and accounts; the same version again writes nothing', async () => {
			await life.row('activate, nothing there', main, async () => await life.activate(mainId), {
				writes: ALL_WRITES,
				...MESSAGES,
			});
			await life.row('publish the same again', main, async () => await life.activate(mainId), {
				writes: TAKES_DOWN_FIRST ? RENEWED : [],
				...MESSAGES,
			});
			await life.write('hello');
			await life.hears(mainId, 'hello');
		});

		it('set up by hand leaves the callback to the person', async () => {
			await setUpByHand(life, idOf[ACCOUNT]);
		});

		it('with Instagram Login subscribes the account at graph.instagram.com', async () => {
			await setUpInstagram(life, main);
		});
	});

	describe('n8n killed in each step', () => {
		it('stops where it was, and the active workflow misses nothing', async () => {
			crashed = await crash(life, mainId, pageOf);
			expect(crashed.statesAtCrash).toEqual(AT_CRASH);
			await life.write('while n8n is down');
			await life.stage.n8n.restart();
			await life.stage.client.session.logIn();
			await life.hears(mainId, 'while n8n is down');
			await life.note('n8n killed (while a test listened), restarted', main, crashed.since, {
				writes: [],
				...MESSAGES,
			});
		});

		it('adopts what a test of its own left behind', async () => {
			const { app, workflowId } = crashed.of('listening, workflow not active');
			await life.row('activate after a killed test', app, async () => await life.activate(workflowId), {
				writes: ['POST callback'],
				callback: '/webhook/crash-6 messages',
				accounts: both('messages'),
			});
		});
	});

	describe('updated while active', () => {
		it('writes what the new version asks for, and takes no account away', async () => {
			await changeEvents(life, main, mainId, idOf);
		});

		it('with a credential of another app moves to that app', async () => {
			await useOtherApp(life, main, mainId, pageOf);
		});
	});

	describe('changed by Meta or by others while active', () => {
		it.each(CHANGES)('$name: Get Status names it, Subscribe puts it right', async ({ name, problem, make, healed }) => {
			await make(life, main.id, pageOf);
			const wanted = { webhookUrl: callbackOf(life.stage, 'main'), fields: ['messages'] };
			const { ok, problems } = await life.webhook(main.login, 'getStatus', wanted);
			expect([ok, problems.map((one) => one.problem)]).toEqual([false, [expect.stringContaining(problem)]]);
			await life.row(
				`${name}; Subscribe`,
				main,
				async () => await life.webhook(main.login, 'subscribe', wanted),
				healed,
			);
			expect(await life.webhook(main.login, 'getStatus', wanted)).toMatchObject({ ok: true });
			await life.write(`after: ${name}`);
			await life.hears(mainId, `after: ${name}`);
		});
	});

	describe('listening for a test event', () => {
		const left = both('message_reads messages');

		it('beside an active workflow changes nothing at Meta: stopped, timed out, or with an event', async () => {
			const same = { writes: [], callback: '/webhook/main messages messaging_seen', accounts: left };
			await life.row('listen, workflow active', main, async () => await life.listen(mainId), same);
			await life.write('for both');
			await life.hears(mainId, 'for both');
			await life.hears(mainId, 'for both', 'manual');
			for (const [end, act] of [
				['stop', life.stopListening],
				['time out', async () => await life.timeOut('main')],
			] as const) {
				await life.listen(mainId);
				await life.row(
					`... and ${end}`,
					main,
					async () => {
						await act(mainId);
						await life.untilTestEnded('main');
					},
					same,
				);
			}
		});

		it('deactivated, takes its callback away and nothing else', async () => {
			await life.row('deactivate', main, async () => await life.deactivate(mainId), {
				writes: ['DELETE callback'],
				callback: NONE,
				accounts: left,
			});
		});

		it.each<[string, () => Promise<unknown>]>([
			['event', async () => await life.write('tried out')],
			['stop', async () => await life.stopListening(mainId)],
			['time out', async () => await life.timeOut('main')],
		])('without an active workflow holds the callback until: %s', async (end, act) => {
			const held = { writes: ['POST callback'], callback: '/webhook-test/main messages', accounts: left };
			await life.row(`listen, not active (${end})`, main, async () => await life.listen(mainId), held);
			await life.row(
				`... ${end}`,
				main,
				async () => {
					await act();
					await life.untilCallback(main, NONE);
				},
				{ writes: ['DELETE callback'], callback: NONE, accounts: left },
			);
		});
	});

	describe('refused', () => {
		const SECOND = { callback: '/webhook/first messages', accounts: both('messages') };
		let shared: App;
		let first: string;
		let second: string;

		it('says why and what to do, harms nobody, and is completed once the cause is gone', async () => {
			const { activate, deactivate, meta, note, refusalOf, stage } = life;
			shared = await meta.addApp('Shared');
			first = await life.trigger(shared.login, 'first');
			second = await life.trigger(shared.login, 'second', { events: ['comment'] });
			await activate(first);
			const instagram = { writes: [], callback: NONE, accounts: { [ACCOUNT]: 'messages' } };
			const all = [
				...(await failuresOfMeta(life)),
				await foreignCallback(life, tool.url, { id: idOf[ACCOUNT], username: ACCOUNT }),
				await instagramAutomatic(life, main.id, instagram),
				{
					name: 'second workflow of one app',
					app: shared,
					workflowId: second,
					message: callbackOf(stage, 'first'),
					refused: { writes: [], ...SECOND },
					completed: undefined,
				},
			];
			const since = await meta.lastSeq();
			const messages = await Promise.all(all.map(async ({ workflowId }) => await refusalOf(workflowId)));
			expect(messages).toEqual(all.map(({ message }) => expect.stringContaining(message)));
			for (const { name, app, refused } of all) await note(name, app, since, refused);
			await stage.control.call('DELETE', '/faults');
			for (const { workflowId } of all) await deactivate(workflowId);
			for (const { name, app, workflowId, completed } of all) {
				if (completed) await life.row(`${name}: the next time`, app, async () => await activate(workflowId), completed);
			}
		});

		it('goes to the second workflow of an app once the first is deactivated', async () => {
			const accounts = both('messages');
			await life.row('deactivate the first of two', shared, async () => await life.deactivate(first), {
				writes: ['DELETE callback'],
				callback: NONE,
				accounts,
			});
			await life.row('activate the second of two', shared, async () => await life.activate(second), {
				writes: ALL_WRITES,
				callback: '/webhook/second comments',
				accounts: both('feed messages'),
			});
		});

		it('does not concern workflows of two apps: each hears everything', async () => {
			await life.deactivate(second);
			await life.activate(first);
			await life.activate(mainId);
			await life.write('for two apps');
			await Promise.all([life.hears(mainId, 'for two apps'), life.hears(first, 'for two apps')]);
			// The other tool went on getting what it had subscribed.
			expect(tool.received.some((body) => body.includes('for two apps'))).toBe(true);
		});
	});

	describe('what a crash cut off', () => {
		it('is carried on by n8n, exactly where it stopped', async () => {
			await carryOn(life, crashed);
		});

		it('and what was deactivated can be activated again', async () => {
			const { app, workflowId } = crashed.of('deactivating, before the removal');
			const again = {
				writes: PUBLISHES ? ['POST callback'] : TAKES_DOWN_FIRST ? RENEWED : [],
				callback: '/webhook/crash-4 messages',
				accounts: both('messages'),
			};
			await life.row('activate after a killed deactivation', app, async () => await life.activate(workflowId), again);
			await life.write('activated again');
			await life.hears(workflowId, 'activated again');
		});
	});
});
