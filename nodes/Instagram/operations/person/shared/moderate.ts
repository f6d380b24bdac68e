import { inboxOf } from '../../../../meta/login/chooseAccount';
import { MetaError, trace } from '../../../../meta/errors/metaError';
import type { RunContext } from '../../define';
import { personOf } from '../../shared/personField';
import { graphPath } from '../../../../meta/graph/path';

type Action = 'block_user' | 'unblock_user' | 'move_to_spam';

/** What Meta answers to everything that it cannot do here; elsewhere the number means a passing fault. */
const CANNOT = 1;

/**
 * Blocks, unblocks or files away the chosen person, and returns their ID. Facebook Login only: the edge belongs to the Page.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/moderate-conversations
 */
export async function moderate(ctx: RunContext, actions: Action[]): Promise<string> {
	const personId = personOf(ctx);
	const refused = (reason: string) =>
		ctx.fail(
			'Meta could not do this to the conversation',
			`There must be a conversation between the account and this person, and the person must not be linked to the account in Accounts Center. ${reason}`.trim(),
		);
	const answer = await ctx
		.graph({
			method: 'POST',
			path: graphPath`/${inboxOf(ctx.account())}/moderate_conversations`,
			body: { user_ids: [{ id: personId }], actions },
		})
		.catch((error: Error) => {
			throw error instanceof MetaError && error.facts.error?.code === CANNOT ? refused(trace(error.facts)) : error;
		});
	// Documented as a text, and as false instead of an error.
	if (String(answer.success) === 'false') throw refused('');
	return personId;
}
