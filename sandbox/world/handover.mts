import { DAY_MS } from './clock.mts';
import type { Handover } from './events.mts';
import { ownerOf } from './threads.mts';
import type { Thread } from './types.mts';
import type { World } from './world.mts';

/**
 * The inboxes of the Page and of Instagram, where people answer.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const PAGE_INBOX = '263902037430900';
export const INSTAGRAM_INBOX = '1217981644879628';

const tell = (
	world: World,
	thread: Thread,
	appId: string | undefined,
	kind: Handover['kind'],
	body: Record<string, string | undefined>,
): void => {
	// Inboxes are no apps: nobody there hears webhooks.
	if (appId === undefined || !world.apps.has(appId)) return;
	const known = Object.entries(body).filter(([, value]) => value !== undefined);
	world.emit({
		type: 'handover',
		thread,
		handover: { kind, appId, body: Object.fromEntries(known) as Record<string, string> },
		at: world.clock.now(),
	});
};

/** Give a conversation to an app or inbox, silently, until a time (ms; a day from now when absent). */
export function giveThread(world: World, thread: Thread, appId: string, expiresAt = world.clock.now() + DAY_MS): void {
	thread.owner = { appId, expiresAt };
}

/** Pass a conversation on; the new owner is told. */
export function passThread(world: World, thread: Thread, from: string, to: string, metadata?: string): void {
	const previous = ownerOf(world, thread)?.appId ?? from;
	giveThread(world, thread, to);
	tell(world, thread, to, 'pass_thread_control', {
		previous_owner_app_id: previous,
		new_owner_app_id: to,
		metadata,
	});
}

/** Take a conversation; who had it is told. */
export function takeThread(world: World, thread: Thread, by: string, metadata?: string): void {
	const previous = ownerOf(world, thread)?.appId;
	giveThread(world, thread, by);
	if (previous === by) return;
	tell(world, thread, previous, 'take_thread_control', {
		previous_owner_app_id: previous,
		new_owner_app_id: by,
		metadata,
	});
}

/** Ask for a conversation; who has it is told. */
export function requestThread(world: World, thread: Thread, by: string, metadata?: string): void {
	return tell(world, thread, ownerOf(world, thread)?.appId, 'request_thread_control', {
		requested_owner_app_id: by,
		metadata,
	});
}
