import { ACCOUNT } from '../support.mts';
import type { Expected, Life } from './life.mts';
import type { App, State } from './meta.mts';
import { PUBLISHES } from './publications.mts';

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

const both = (fields: string) => ({ [ACCOUNT]: fields, sandbox_florist: fields });
const callback = (index: number) => `/webhook/crash-${index} messages`;
const writes = ['POST callback', `POST ${ACCOUNT}`, 'POST sandbox_florist'];

/** What Meta has when n8n is killed. */
export const AT_CRASH: Record<Step, State> = {
	'activating, before the callback': { callback: 'none', accounts: {} },
	'activating, between callback and accounts': { callback: callback(2), accounts: {} },
	'activating, between two accounts': { callback: callback(3), accounts: { [ACCOUNT]: 'messages' } },
	'deactivating, before the removal': { callback: callback(4), accounts: both('messages') },
	'deactivating, after the removal': { callback: 'none', accounts: both('messages') },
	'listening, workflow not active': { callback: '/webhook-test/crash-6 messages', accounts: both('messages') },
};

const DEACTIVATED: Array<[Step, Expected]> = [
	[STEPS[3], { writes: ['DELETE callback'], callback: 'none', accounts: both('messages') }],
	[STEPS[4], { writes: [], callback: 'none', accounts: both('messages') }],
];
const STILL_ACTIVE: Array<[Step, Expected]> = [
	[STEPS[3], { writes: [], callback: callback(4), accounts: both('messages') }],
	[STEPS[4], { writes: ['POST callback'], callback: callback(5), accounts: both('messages') }],
];

/** What n8n does about it by itself once it is back, and what Meta has then. */
const CARRIED_ON: Array<[Step, Expected]> = [
	[STEPS[0], { writes, callback: callback(1), accounts: both('messages') }],
	[STEPS[1], { writes: writes.slice(1), callback: callback(2), accounts: both('messages') }],
	[STEPS[2], { writes: writes.slice(2), callback: callback(3), accounts: both('messages') }],
	...(PUBLISHES ? DEACTIVATED : STILL_ACTIVE),
];

/** A workflow with an app of its own, cut off in one step. */
type Victim = {
	app: App;
	workflowId: string;
};

export type Crashed = {
	/** Sequence number of the last request before the kill. */
	since: number;
	of(step: Step): Victim;
	/** What Meta has of each app right after the kill. */
	statesAtCrash: Record<string, State>;
};

/** Brings one workflow into each step, holds Meta's part of it back, and kills n8n once. The active workflow listens for a test meanwhile. */
export async function crash(life: Life, activeId: string, pageOf: Record<string, string>): Promise<Crashed> {
	const { stage, meta, fault, activate, deactivate } = life;
	const victims = new Map<Step, Victim>();
	for (const [index, step] of STEPS.entries()) {
		const app = await meta.addApp(step);
		victims.set(step, { app, workflowId: await life.trigger(app.login, `crash-${index + 1}`) });
	}
	const of = (step: Step) => victims.get(step) as Victim;
	const states = async () =>
		Object.fromEntries(await Promise.all(STEPS.map(async (step) => [step, await meta.stateOf(of(step).app)] as const)));
	// n8n is killed before these are done.
	const start = (act: (id: string) => Promise<void>, step: Step) => void act(of(step).workflowId).catch(() => {});
	const callbackPath = (step: Step) => `^/${of(step).app.id}/subscriptions`;
	const begin = await meta.lastSeq();
	const held = async (method: string, path: string) => await meta.untilHeld(method, new RegExp(path), begin);

	await Promise.all([
		activate(of(STEPS[3]).workflowId),
		activate(of(STEPS[4]).workflowId),
		life.listen(of(STEPS[5]).workflowId),
	]);
	await life.listen(activeId);
	await fault('POST', callbackPath(STEPS[0]), { delayMs: HELD_MS, reset: 'before' });
	await fault('DELETE', callbackPath(STEPS[3]), { delayMs: HELD_MS, reset: 'before' });
	await fault('DELETE', callbackPath(STEPS[4]), { answerDelayMs: HELD_MS });
	start(activate, STEPS[0]);
	start(deactivate, STEPS[3]);
	start(deactivate, STEPS[4]);
	// One after the other: both faults are about the same Pages.
	for (const [step, account] of [
		[STEPS[1], ACCOUNT],
		[STEPS[2], 'sandbox_florist'],
	] as const) {
		const path = `^/${pageOf[account]}/subscribed_apps`;
		await fault('POST', path, { delayMs: HELD_MS, reset: 'before' });
		start(activate, step);
		await stage.control.until(`step "${step}"`, async () => {
			const state = await meta.stateOf(of(step).app);
			const isSubscribed = account === ACCOUNT || ACCOUNT in state.accounts;
			return (state.callback !== 'none' && isSubscribed) || undefined;
		});
		await held('POST', path);
	}
	await held('POST', callbackPath(STEPS[0]));
	await held('DELETE', callbackPath(STEPS[3]));
	await stage.control.until('the removal', async () =>
		(await meta.stateOf(of(STEPS[4]).app)).callback === 'none' ? true : undefined,
	);
	const since = await meta.lastSeq();
	await stage.n8n.kill();
	return { since, of, statesAtCrash: await states() };
}

/** Waits until n8n has done by itself what the crash cut off, and holds what Meta has then against what it should be. */
export async function carryOn(life: Life, crashed: Crashed): Promise<void> {
	for (const [step, state] of CARRIED_ON) {
		const { app, workflowId } = crashed.of(step);
		await life.untilPublished(workflowId);
		await life.note(`n8n killed: ${step}`, app, crashed.since, state);
	}
	await life.write('after the crash');
	for (const [step, { callback }] of CARRIED_ON) {
		const { workflowId } = crashed.of(step);
		if (callback !== 'none') await life.hears(workflowId, 'after the crash');
		else expect(await life.textsOf(workflowId, 'webhook')).not.toContain('after the crash');
	}
}
