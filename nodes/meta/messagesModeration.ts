import type { IDataObject } from 'n8n-workflow';
import { MetaError, trace } from './errors';
import type { GraphCall } from './graph';
import type { Fail } from './messagesLimits';

export type ModerationAction = 'block_user' | 'unblock_user' | 'move_to_spam';

type Moderation = {
	graph: (call: Omit<GraphCall, 'as' | 'itemIndex'>) => Promise<IDataObject>;
	fail: Fail;
	pageId: string;
	personId: string;
	actions: ModerationAction[];
};

/**
 * Blocks, unblocks or files away a person. Facebook Login only: the edge belongs to the Page.
 * Meta answers everything that it cannot do with its "unknown error", which no repeat would mend.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/moderate-conversations
 */
export async function moderate({ graph, fail, pageId, personId, actions }: Moderation): Promise<void> {
	const refused = (reason: string) =>
		fail(
			'Meta could not do this to the conversation',
			`There must be a conversation between the account and this person, and the person must not be linked to the account in Accounts Center. ${reason}`.trim(),
		);
	const answer = await graph({
		method: 'POST',
		path: `/${pageId}/moderate_conversations`,
		body: { user_ids: [{ id: personId }], actions },
	}).catch((error: Error) => {
		throw error instanceof MetaError && error.facts.error?.code === 1 ? refused(trace(error.facts)) : error;
	});
	// Documented as a text, and as false instead of an error.
	if (String(answer.success) === 'false') throw refused('');
}
