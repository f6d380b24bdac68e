import { inboxOf } from '../../meta/connection';
import { moderate, type ModerationAction } from '../../meta/messagesModeration';
import type { RunContext } from './define';
import { personOf } from './messageFields';

/** Carries out moderation on the chosen person and returns their ID. */
export async function moderatePerson(ctx: RunContext, actions: ModerationAction[]): Promise<string> {
	const personId = personOf(ctx);
	await moderate({ graph: ctx.graph, fail: ctx.fail, pageId: inboxOf(ctx.account()), personId, actions });
	return personId;
}
