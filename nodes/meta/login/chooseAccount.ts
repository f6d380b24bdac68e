import { NodeOperationError } from 'n8n-workflow';
import { openConnection } from './openConnection';
import type { Connection, MetaContext } from '../connection';
import type { Account, UnlinkedPage } from '../accounts';
import { Memory } from '../memory';

const nameOf = (account: Account): string => (account.username ? `@${account.username}` : account.id);

/** The account's node for messages: its Page with Facebook Login, itself with Instagram Login. */
export function inboxOf(account: Account): string {
	return account.pageId ?? account.id;
}

/** Normalised as people type it: @, capitals and blanks do not matter. */
const soughtOf = (wanted: string) => wanted.trim().replace(/^@/, '').toLowerCase();

type AccountOrReason = Account | { message: string; description: string };

const describePages = (pages: UnlinkedPage[]) =>
	pages
		.slice(0, 10)
		.map(({ pageName, pageId }) => `"${pageName || pageId}"`)
		.join(', ');

const HOW_TO_LINK =
	'Link an Instagram Business or Creator account in the settings of the Page (Linked accounts), then run this again.';

function whyNone({ reach }: Connection): AccountOrReason {
	const unlinked = reach.unlinked ?? [];
	const message = 'This login reaches no Instagram account';
	if (unlinked.length > 0) {
		return {
			message,
			description: `It reaches Pages without a linked Instagram account: ${describePages(unlinked)}. ${HOW_TO_LINK}`,
		};
	}
	return {
		message,
		description:
			'In the login dialog, tick the Facebook Page; the Page must be linked to an Instagram Business or Creator account. Pages of a business portfolio need the capability "Pages in Business Portfolios". Then connect again.',
	};
}

function find(connection: Connection, wanted: string): AccountOrReason {
	const { accounts, pageTokens, unlinked = [] } = connection.reach;
	const sought = soughtOf(wanted);
	if (accounts.length === 0 && sought === '') return whyNone(connection);
	const known = accounts.map(nameOf).slice(0, 20).join(', ');
	if (sought === '' && accounts.length > 1) {
		return {
			message: 'Choose the Instagram account',
			description: `This login reaches several: ${known}. Pick one in the Account field, or set a default in the credential.`,
		};
	}
	const found = accounts.find(
		({ id, pageId, username }) => sought === '' || [id, pageId, username.toLowerCase()].includes(sought),
	);
	if (found?.pageId && !pageTokens[found.pageId]) {
		return {
			message: `This login may not act for ${nameOf(found)}`,
			description: `Meta gave no token for its Page "${found.pageName}": give the person a task on the Page (Messages, Content or Full control), then run this again.`,
		};
	}
	if (found) return found;
	const page = unlinked.find(({ pageId, pageName }) => pageId === sought || pageName.toLowerCase() === sought);
	if (page)
		return {
			message: `The Page "${page.pageName || page.pageId}" has no linked Instagram account`,
			description: HOW_TO_LINK,
		};
	if (accounts.length === 0) return whyNone(connection);
	return {
		message: `The account "${wanted.trim()}" does not belong to this login`,
		description: `It reaches: ${known}. If it is a Page that the person did not tick in the login dialog, connect the credential again and tick it.`,
	};
}

/** A workflow that names a wrong account a thousand times must not cost a thousand looks. */
const PAUSE_MS = 60_000;

/** The last look at Meta for each login, by credential: executions that miss an account at the same time share it. */
const looks = new Memory<Promise<void>>(PAUSE_MS, 1_000);

/** Reads the accounts again where one may have been added since, at most once a minute. */
async function reread(n8n: MetaContext, connection: Connection): Promise<void> {
	const { credentialType, kind, loginKey } = connection;
	if (kind !== 'facebookUser') return;
	const key = `${n8n.getNode().credentials?.[credentialType]?.id} ${loginKey}`;
	const look = looks.get(key) ?? openConnection(n8n, credentialType, true).then(() => {});
	if (!looks.get(key)) looks.set(key, look);
	await look;
	// What was found stands in the login now, and nowhere else: it holds tokens.
	const { reach, proofFor, unstored } = await openConnection(n8n, credentialType);
	Object.assign(connection, { reach, proofFor, unstored });
}

/**
 * Finds the account that a node works for. One that the stored list lacks is looked for at Meta before the node gives
 * up: Pages that were assigned after connecting need no reconnect where Meta shows them.
 * @param wanted @username, Instagram ID or Page ID; empty means the credential's default or only account
 * @throws NodeOperationError that says which accounts there are, or why there is none
 */
export async function chooseAccount(
	n8n: MetaContext,
	connection: Connection,
	wanted: string,
	itemIndex?: number,
): Promise<Account> {
	const name = wanted.trim() || connection.defaultAccount;
	let outcome = find(connection, name);
	const isOpen = soughtOf(name) === '' && connection.reach.accounts.length > 1;
	if ('message' in outcome && !isOpen) {
		await reread(n8n, connection);
		outcome = find(connection, name);
	}
	if (!('message' in outcome)) return outcome;
	throw new NodeOperationError(n8n.getNode(), outcome.message, {
		description: outcome.description,
		itemIndex,
		level: 'warning',
	});
}
