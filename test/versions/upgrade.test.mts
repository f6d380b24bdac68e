import { fetch } from 'undici';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { N8nClient, poll } from '../../sandbox/n8n/drive.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { startN8n, type RunningN8n } from '../../sandbox/n8n/start.mts';
import { PINNED_VERSION, sourceOf, wantedVersion } from '../../sandbox/n8n/versions.mts';
import { loginsOn, readProfile, type LoginName } from '../e2e/logins.mts';
import {
	ACCOUNT,
	activateBehindWebhook,
	CUSTOMER,
	importTrigger,
	openStage,
	STAGE_TIMEOUT_MS,
} from '../e2e/support.mts';

const LOGINS: LoginName[] = ['Facebook Login', 'Instagram Login', 'pasted user token'];
const MOVE_TIMEOUT_MS = 180_000;
const n8nOf = async (version: string): Promise<string> => await installN8n(undefined, { sourceDir: sourceOf(version) });
const isExchange = ({ path }: { path: string }): boolean => /access_token$/.test(path);

describe('an n8n with logins and active workflows', () => {
	let stage: Stage;
	let running: RunningN8n;
	let triggerId: string;
	const flows: string[] = [];

	/** Another n8n takes over the folder and the addresses of the one that ran. */
	const moveTo = async (version: string) => {
		await running.stop();
		const { userFolder, port } = stage.n8n;
		running = await startN8n({
			n8nDir: await n8nOf(version),
			packageDir: process.cwd(),
			userFolder,
			port,
			env: { N8N_DISABLE_UI: 'true' },
		});
		stage = { ...stage, client: await N8nClient.open(running.url) };
	};
	const runAll = async () =>
		await Promise.all(
			flows.map(async (url) => {
				const answer = await fetch(url, {
					method: 'POST',
					body: '{}',
					headers: { 'content-type': 'application/json' },
				});
				await answer.body?.cancel();
				return answer.status;
			}),
		);
	/** A customer writes; says whether the trigger took it. */
	const isHeard = async (text: string): Promise<boolean> => {
		const after = await stage.client.executions.latestId(triggerId);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, text);
		const { status } = await stage.client.executions.waitFor(triggerId, { after: after ?? '0' });
		return status === 'success';
	};
	const exchangesSince = async (seq: number) => (await stage.control.requests(seq)).filter(isExchange);
	const lastRequest = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;

	beforeAll(async () => {
		stage = await openStage({ n8nDir: await n8nOf(wantedVersion()) });
		running = stage.n8n;
		const make = await loginsOn(stage);
		for (const name of LOGINS) {
			const login = await make[name]();
			flows.push((await activateBehindWebhook(stage, login, name.replaceAll(' ', '-'), readProfile(login))).url);
			if (name === LOGINS[0]) triggerId = await importTrigger(stage, login, 'upgraded', { events: ['message'] });
		}
		await stage.client.workflows.activate(triggerId);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await running?.stop();
		await stage?.close();
	});

	it(
		'runs them',
		async () => {
			expect(await runAll()).toEqual([200, 200, 200]);
			expect(await isHeard('before the update')).toBe(true);
		},
		MOVE_TIMEOUT_MS,
	);

	it(
		`goes on after an update to ${PINNED_VERSION}, without a new login or an exchange`,
		async () => {
			await moveTo(PINNED_VERSION);
			const since = await lastRequest();
			// An n8n that publishes workflows takes over those of an older one after it has started.
			await poll(async () => (await runAll()).every((status) => status === 200) || undefined, {
				timeoutMs: MOVE_TIMEOUT_MS / 2,
				everyMs: 1000,
				what: 'n8n to take the workflows over',
			});
			expect(await isHeard('after the update')).toBe(true);
			expect(await exchangesSince(since)).toEqual([]);
		},
		MOVE_TIMEOUT_MS,
	);

	it(
		'goes on after a step back',
		async () => {
			await moveTo(wantedVersion());
			const since = await lastRequest();
			expect(await runAll()).toEqual([200, 200, 200]);
			expect(await isHeard('after the step back')).toBe(true);
			expect(await exchangesSince(since)).toEqual([]);
		},
		MOVE_TIMEOUT_MS,
	);
});
