import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Account } from '../../meta/accounts';
import type { Connection, CredentialType } from '../../meta/connection';
import { callGraph } from '../../meta/graph/call';
import { rowsOf } from '../../meta/graph/list';
import { graphPath } from '../../meta/graph/path';
import { inboxOf } from '../../meta/login/chooseAccount';
import { openConnection } from '../../meta/login/openConnection';
import { isOwn, MESSAGE_FIELDS, simplifyAttachment } from '../../meta/messages/read';
import type { Told } from '../events/shared/newMessage';
import { asId, asText, isObject } from '../events/shared/values';
import { startTimeLimit } from './timeLimit';

/** More of them in one delivery would cost too many calls at once. */
const MAX_CALLS = 30;

const without = (why: string): Told => ({ problem: `Meta announced the message by its ID only. ${why}` });

const LATE = without('It did not tell the rest in time. Ask with Message: Get.');

/** An attachment as webhooks have it. */
function attachmentOf(attachment: IDataObject): IDataObject {
	const { type, url, template } = simplifyAttachment(attachment);
	if (type === 'template') return { type, payload: template };
	return url === null ? { type: 'unsupported_type' } : { type, payload: { url } };
}

/** What a webhook says of a story that the message is about. */
function storyPartsOf({ story }: IDataObject): { attachments: IDataObject[]; reply?: IDataObject } {
	const { mention, reply_to: replyTo }: IDataObject = isObject(story) ? story : {};
	return {
		attachments: isObject(mention) ? [{ type: 'story_mention', payload: { url: mention.link } }] : [],
		...(isObject(replyTo) ? { reply: { story: { id: replyTo.id, url: replyTo.link } } } : {}),
	};
}

/** The content of a message as its webhook would have brought it; `undefined` when Meta tells none. */
function contentOf(message: IDataObject): IDataObject | undefined {
	const text = asText(message.message);
	const story = storyPartsOf(message);
	const attachments = [
		...rowsOf(message.attachments).filter(isObject).map(attachmentOf),
		...rowsOf(message.shares)
			.filter(isObject)
			.map(({ link, name }) => ({ type: 'share', payload: { url: link, title: name } })),
		...story.attachments,
	];
	const content: IDataObject = {
		...(text ? { text } : {}),
		...(attachments.length > 0 ? { attachments } : {}),
		...(story.reply ? { reply_to: story.reply } : {}),
		...(message.is_unsupported === true ? { is_unsupported: true } : {}),
	};
	return Object.keys(content).length > 0 ? content : undefined;
}

function toldBy(message: IDataObject, account: Account): Told {
	const partyOf = (person: unknown): IDataObject | undefined => {
		const id = isObject(person) ? (isOwn(person, account) ? account.id : asId(person.id)) : null;
		return id === null ? undefined : { id };
	};
	const timestamp = Date.parse(String(message.created_time));
	const content = contentOf(message);
	return {
		sender: partyOf(message.from),
		recipient: partyOf(rowsOf(message.to)[0]),
		...(Number.isNaN(timestamp) ? {} : { timestamp }),
		isEcho: isOwn(message.from, account),
		...(content ? { message: content } : without('It tells nothing else when it is asked, either.')),
	};
}

/** Asks Meta for one message. */
export type MessageAsker = (wanted: { accountId: string; messageId: string | null; isTest: boolean }) => Promise<Told>;

/**
 * Asks Meta for the messages of a delivery that came without their content, until the time of the extras is over.
 * @param arrivedAt when the delivery came in, in milliseconds since 1970
 * @returns a function that does not fail: it tells as a sentence why there is no content
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api
 */
export function messageAskerFor(n8n: IWebhookFunctions, arrivedAt: number): MessageAsker {
	const limit = startTimeLimit(arrivedAt);
	let opened: Promise<Connection> | undefined;
	let calls = 0;

	const ask = async (accountId: string, messageId: string): Promise<Told> => {
		opened ??= openConnection(n8n, n8n.getNodeParameter('authentication') as CredentialType);
		const connection = await opened;
		const account = connection.reach.accounts.find(({ id }) => id === accountId);
		if (!account) return without('The login does not reach the account.');
		const call = {
			method: 'GET',
			path: graphPath`/${messageId}`,
			query: { fields: MESSAGE_FIELDS },
			signAs: inboxOf(account),
		} as const;
		return toldBy(await callGraph(n8n, connection, call), account);
	};

	return async ({ accountId, messageId, isTest }) => {
		if (isTest) return without('It is made up.');
		if (messageId === null) return without('Even that is missing.');
		if (++calls > MAX_CALLS) return without(`More than ${MAX_CALLS} such messages came at once.`);
		const work = ask(accountId, messageId).catch(({ message }: Error) => without(`Asked for the rest: ${message}`));
		return await limit.within(work, LATE);
	};
}
