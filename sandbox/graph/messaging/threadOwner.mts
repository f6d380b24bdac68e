import { giveThread, INSTAGRAM_INBOX, PAGE_INBOX, passThread } from '../../world/handover.mts';
import type { Thread } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import type { GraphError } from '../engine/errors.mts';
import { invalidParam } from '../engine/errors.mts';
import { readEnum } from '../engine/params.mts';
import { ownerOf, STANDARD_WINDOW_MS } from '../../world/threads.mts';

/** Whether a conversation can be passed to this app or inbox. */
export function isPassTarget(world: World, appId: string): boolean {
	return [PAGE_INBOX, INSTAGRAM_INBOX].includes(appId) || world.apps.has(appId);
}

/** 100/2534037: another app controls the conversation. */
export function notThreadOwner(): GraphError {
	return invalidParam('Another app controls this conversation', 2534037);
}

/** Refuse to send into a conversation of another app, and take an idle one. */
export function claimThread(call: Call, thread: Thread): void {
	const { appId } = tokenOf(call);
	const owner = ownerOf(call.world, thread);
	if (owner && owner.appId !== appId) throw notThreadOwner();
	// A conversation belongs to an app for 24 hours from the last message of the customer.
	if (!owner) giveThread(call.world, thread, appId, thread.openedAt + STANDARD_WINDOW_MS);
}

/** Check the `thread_control` of a send and return what to do once the message is out. */
export function readThreadControl(call: Call, thread: Thread): () => void {
	const control = call.params.thread_control as Record<string, unknown> | undefined;
	if (control === undefined) return () => {};
	if (String(call.params.messaging_type).toUpperCase() !== 'RESPONSE') {
		throw invalidParam('Param thread_control needs messaging_type RESPONSE');
	}
	const kind = readEnum('thread_control.control_type', control.control_type, ['pass', 'release']);
	if (kind === undefined) throw invalidParam('Param thread_control needs control_type');
	if (kind === 'release') return () => void (thread.owner = undefined);
	const appId = String(control.app_id ?? '');
	if (!isPassTarget(call.world, appId)) throw invalidParam('Param thread_control needs a known app_id');
	return () => passThread(call.world, thread, tokenOf(call).appId, appId);
}
