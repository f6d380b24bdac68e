import type { IDataObject } from 'n8n-workflow';
import type { Account } from '../accounts';
import { isoFromGraph } from '../time';
import { rowsOf } from '../graph/list';

type Person = { id?: string; username?: string };
type Own = Pick<Account, 'id' | 'username'>;

/** Whether somebody is the account itself; Meta does not give an ID everywhere. */
export function isOwn(person: unknown, { id, username }: Own): boolean {
	const known = (person ?? {}) as Person;
	return known.id === id || (username !== '' && known.username === username);
}

export const CONVERSATION_FIELDS = 'id,updated_time,participants';

/** The person on the other side; the account itself is known. */
export function simplifyConversation(conversation: IDataObject, account: Own): IDataObject {
	const other = (rowsOf(conversation.participants) as Person[]).find((person) => !isOwn(person, account));
	return {
		id: conversation.id,
		conversationWith: other?.id ?? null,
		username: other?.username ?? null,
		updatedAt: isoFromGraph(conversation.updated_time),
	};
}

/** Every field of a message that Meta documents for Instagram. */
export const MESSAGE_FIELDS = 'id,created_time,from,to,message,attachments,shares,story,reactions,is_unsupported';

/** What hangs on a message: its `type` is image, video, audio, file, template or unknown. */
export function simplifyAttachment(attachment: IDataObject): IDataObject {
	const image = attachment.image_data as IDataObject | undefined;
	const video = attachment.video_data as IDataObject | undefined;
	const kind = /^audio\//.test(String(attachment.mime_type))
		? 'audio'
		: attachment.file_url
			? 'file'
			: attachment.generic_template
				? 'template'
				: 'unknown';
	return {
		type: image ? 'image' : video ? 'video' : kind,
		url: image?.url ?? video?.url ?? attachment.file_url ?? null,
		name: attachment.name ?? null,
		mimeType: attachment.mime_type ?? null,
		size: attachment.size ?? null,
		...(attachment.generic_template ? { template: attachment.generic_template } : {}),
	};
}

function simplifyStory(story: unknown): IDataObject | null {
	const { mention, reply_to: replyTo } = (story ?? {}) as Record<string, IDataObject | undefined>;
	const told = mention ?? replyTo;
	return told ? { kind: mention ? 'mention' : 'reply', id: told.id ?? null, url: told.link ?? null } : null;
}

/** A message as a workflow needs it: who, when, what, and what hangs on it. */
export function simplifyMessage(message: IDataObject, account: Own): IDataObject {
	const from = message.from as Person | undefined;
	const reactions = rowsOf(message.reactions).flatMap(({ reaction, users }) =>
		((users ?? []) as Person[]).map((by) => ({ reaction, by: by.id ?? null })),
	);
	return {
		id: message.id,
		text: message.message ?? '',
		from: from?.id ?? null,
		username: from?.username ?? null,
		isFromAccount: isOwn(from, account),
		createdAt: isoFromGraph(message.created_time),
		attachments: rowsOf(message.attachments).map(simplifyAttachment),
		shares: rowsOf(message.shares).map(({ id, link, name }) => ({
			id: id ?? null,
			url: link ?? null,
			name: name ?? null,
		})),
		story: simplifyStory(message.story),
		reactions,
		isUnsupported: message.is_unsupported === true,
	};
}

/** True when Meta told nothing of a message but its ID and time. Its lists leave attachments out at times. */
export function isBare({ message, attachments, shares, story }: IDataObject): boolean {
	return !message && !attachments && !shares && !story;
}
