import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../../../meta/login/chooseAccount';
import { rowsOf } from '../../../../meta/graph/list';
import { graphPath } from '../../../../meta/graph/path';
import { isBare, isOwn, MESSAGE_FIELDS, simplifyAttachment } from '../../../../meta/messages/read';
import { READABLE_MESSAGES } from '../../../../meta/messages/window';
import type { RunContext } from '../../define';
import { findTrace, type Trace } from '../../shared/earlierRun';

/** What tells a message from others of its conversation. */
export type Sought = {
	/** The message itself; otherwise one of its kind. */
	isExact: boolean;
	/** @param message as Meta shows it in a conversation */
	fits: (message: IDataObject) => boolean;
};

const textOf = ({ message }: IDataObject): string => String(message ?? '').trim();

/** Kinds that Meta tells apart. Stickers, templates and shared posts show as one or the other of the rest. */
const KINDS: Record<string, string> = {
	audio: 'file',
	file: 'file',
	image: 'image',
	template: 'other',
	video: 'video',
};

/** Kinds of what hangs on a message; `unknown` may be any. */
function kindsOf(message: IDataObject): string[] {
	const attachments = rowsOf(message.attachments)
		.map(simplifyAttachment)
		.map(({ type }) => KINDS[String(type)] ?? 'unknown');
	return isBare(message) ? ['unknown'] : [...attachments, ...rowsOf(message.shares).map(() => 'other')];
}

/** A message that begins with a text. */
export function startsWith(text: string): Sought['fits'] {
	return (message) => textOf(message).startsWith(text.trim());
}

type SentAttachment = { type: string; payload?: { text?: string } };

/** What tells a message from others by its content: a text to the letter, anything else by its kind. */
export function soughtOf({ attachment, attachments, text }: IDataObject): Sought {
	const isText = (wanted: unknown) => (message: IDataObject) => textOf(message) === String(wanted).trim();
	if (text !== undefined) return { isExact: true, fits: isText(text) };
	const [{ payload, type }] = (attachments ?? [attachment]) as SentAttachment[];
	const kind = KINDS[type] ?? 'other';
	return {
		isExact: false,
		fits: (message) =>
			kindsOf(message).some((theirs) => [kind, 'unknown'].includes(theirs)) ||
			(payload?.text !== undefined && isText(payload.text)(message)),
	};
}

/** The newest messages of the conversation with a person, as many as Meta gives details of. */
async function readMessages({ account, graph }: RunContext, personId: string): Promise<IDataObject[]> {
	const answer = await graph({
		method: 'GET',
		path: graphPath`/${inboxOf(account())}/conversations`,
		pace: 'conversations',
		query: {
			platform: 'instagram',
			user_id: personId,
			fields: `messages.limit(${READABLE_MESSAGES}){${MESSAGE_FIELDS}}`,
		},
	});
	return rowsOf(rowsOf(answer)[0]?.messages);
}

const timeOf = (message: IDataObject): number => Date.parse(String(message.created_time));

/**
 * Finds a message that a run before this one has sent, when a person retries an execution. Costs one call per person.
 * @throws when nobody can tell whether it has
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api
 */
export async function findSent(
	ctx: RunContext,
	personId: string,
	{ fits, isExact }: Sought,
): Promise<Trace | undefined> {
	const account = ctx.account();
	return await findTrace(ctx, { what: 'message', done: 'sent', place: 'the conversation' }, async () => {
		const messages = await ctx.perRun(
			`messages of ${inboxOf(account)} and ${personId}`,
			async () => await readMessages(ctx, personId),
		);
		const own = messages.filter((message) => isOwn(message.from, account));
		return {
			fitting: own.filter(fits).map((message) => ({ id: String(message.id), at: timeOf(message) })),
			isExact,
			backTo: messages.length < READABLE_MESSAGES ? -Infinity : Math.min(...messages.map(timeOf)),
		};
	});
}
