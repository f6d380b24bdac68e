import type { IDataObject } from 'n8n-workflow';
import type { Account } from '../accounts';
import { isOwn } from '../messages/read';
import { isoFromGraph } from '../time';

/**
 * Fields of a comment that Meta offers to both logins.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment
 */
export const COMMENT_FIELDS = 'id,text,timestamp,username,from,like_count,hidden,parent_id,media';

/** Most comments that Meta gives in one page. */
export const COMMENT_PAGE_SIZE = 50;

/** A comment as a workflow needs it, in the words of the trigger's comment. */
export function simplifyComment(comment: IDataObject, account: Pick<Account, 'id' | 'username'>): IDataObject {
	const from = comment.from as { id?: string; username?: string } | undefined;
	const media = comment.media as IDataObject | undefined;
	const username = comment.username ?? from?.username ?? null;
	return {
		id: comment.id,
		text: comment.text ?? '',
		from: from?.id ?? null,
		username,
		isFromAccount: isOwn({ id: from?.id, username }, account),
		timestamp: isoFromGraph(comment.timestamp),
		likeCount: comment.like_count ?? null,
		isHidden: comment.hidden ?? null,
		parentId: comment.parent_id ?? null,
		mediaId: media?.id ?? null,
	};
}
