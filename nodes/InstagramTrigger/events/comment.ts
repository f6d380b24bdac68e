import type { IDataObject } from 'n8n-workflow';
import { isoFromWebhook } from '../../meta/time';
import { idOf, reader, type Occurrence } from './define';

/** True for a comment that the account wrote itself; answering those is an endless loop. */
const isOwn = ({ accountId, raw }: Occurrence): boolean => {
	const from = (raw.value as IDataObject).from as IDataObject | undefined;
	return idOf(from) === accountId || from?.self_ig_scoped_id !== undefined;
};

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const comment = reader({
	event: 'comment',
	name: 'Comment',
	description: 'Somebody commented on a post, reel or ad of the account, or answered a comment',
	field: 'comments',
	pageField: 'feed',
	reads: ({ kind }) => kind === 'comments',
	read: (occurrence) => {
		const value = occurrence.raw.value as IDataObject;
		const from = value.from as IDataObject | undefined;
		const media = (value.media ?? {}) as IDataObject;
		// Meta documents both keys and sends either.
		const id = value.id ?? value.comment_id ?? null;
		return {
			event: 'comment',
			eventId: String(id ?? `${idOf(from)}:${occurrence.time}`),
			accountId: occurrence.accountId,
			conversationWith: idOf(from),
			timestamp: isoFromWebhook(occurrence.time),
			isEcho: isOwn(occurrence),
			isTest: occurrence.accountId === '0',
			comment: {
				id,
				text: value.text ?? '',
				username: from?.username ?? null,
				parentId: value.parent_id ?? null,
				mediaId: media.id ?? null,
				mediaType: media.media_product_type ?? null,
			},
			raw: occurrence.raw,
		};
	},
});
