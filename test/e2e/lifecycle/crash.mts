import { ACCOUNT } from '../support.mts';
import type { Life } from './life.mts';
import type { App, State } from './meta.mts';

/** Longer than the kill takes to come. */
const HELD_MS = 30_000;

const STEPS = [
	'activating, before the callback',
	'activating, between callback and accounts',
	'activating, between two accounts',
	'deactivating, before the removal',
	'deactivating, after the removal',
	'listening, workflow not active',
] as const;

export type Step = (typeof STEPS)[number];

/** A workflow with an app of its own, cut off in one step. */
interface Victim {
	app: App;
	workflowId: string;
}

export interface Crashed {
	/** Sequence number of the last request before the kill. */
	since: number;
	of(step: Step): Victim;
	/** What Meta has of each app. */
	states(): Promise<Record<string, State>>;
	/** The same, right after the kill. */
	statesAtCrash(): Promise<Record<string, State>>;
}

/** Brings one workflow into each step, holds Meta's part of it back, and kills n8n once. `main` listens for a test meanwhile. */
export async function crash(life: Life, main: App, mainId: string, pageOf: Record<string, string>): Promise<Crashed> {
	const { stage, meta, fault, activate, deactivate } = life;
	const victims = new Map<Step, Victim>();
	for (const [index, step] of STEPS.entries()) {
		const app = await meta.addApp(step);
		victims.set(step, { app, workflowId: await life.trigger(app.login, `crash-${index + 1}`) });
	}
	const of = (step: Step) => victims.get(step) as Victim;
	const states = async () => Object.fromEntries(await Promise.all(STEPS.map(async (step) => [step, await meta.stateOf(of(step).app)] as const)));
	// n8n is killed before these are done.
	const start = (act: (id: string) => Promise<void>, step: Step) => void act(of(step).workflowId).catch(() => {});
	const callbackOf = (step: Step) => `^/${of(step).app.id}/subscriptions`;
	const begin = await meta.lastSeq();
	const held = async (method: string, path: string) => await meta.untilHeld(method, new RegExp(path), begin);

	await Promise.all([activate(of(STEPS[3]).workflowId), activate(of(STEPS[4]).workflowId), life.listen(of(STEPS[5]).workflowId)]);
	await life.listen(mainId);
	await fault('POST', callbackOf(STEPS[0]), { delayMs: HELD_MS, reset: 'before' });
	await fault('DELETE', callbackOf(STEPS[3]), { delayMs: HELD_MS, reset: 'before' });
	await fault('DELETE', callbackOf(STEPS[4]), { answerDelayMs: HELD_MS });
	start(activate, STEPS[0]);
	start(deactivate, STEPS[3]);
	start(deactivate, STEPS[4]);
	// One after the other: both faults are about the same Pages.
	for (const [step, account] of [[STEPS[1], ACCOUNT], [STEPS[2], 'sandbox_florist']] as const) {
		const path = `^/${pageOf[account]}/subscribed_apps`;
		await fault('POST', path, { delayMs: HELD_MS, reset: 'before' });
		start(activate, step);
		await stage.control.until(`step "${step}"`, async () => {
			const { callback, accounts } = await meta.stateOf(of(step).app);
			const isSubscribed = account === ACCOUNT || ACCOUNT in accounts;
			return (callback !== 'none' && isSubscribed) || undefined;
		});
		await held('POST', path);
	}
	await held('POST', callbackOf(STEPS[0]));
	await held('DELETE', callbackOf(STEPS[3]));
	await stage.control.until('the removal', async () => ((await meta.stateOf(of(STEPS[4]).app)).callback === 'none' ? true : undefined));
	const since = await meta.lastSeq();
	await stage.n8n.kill();
	const atCrash = await states();
	return { since, of, states, statesAtCrash: async () => atCrash };
}
