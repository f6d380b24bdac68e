import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { inboxOf } from '../../meta/login/chooseAccount';
import type { Connection, CredentialType } from '../../meta/connection';
import { MetaError } from '../../meta/errors/metaError';
import { callGraph } from '../../meta/graph/call';
import { NO_CONSENT, PROFILE_FIELDS, simplifyProfile } from '../../meta/messages/person';
import type { InstagramEvent } from '../events/define';
import { RecentAnswers } from './recentAnswers';
import type { TimeLimit } from './timeLimit';
import { graphPath } from '../../meta/graph/path';

/** `problem`: why there is no profile, as a sentence. `isRefused`: the person has not agreed. */
type Looked = { profile: IDataObject | null; problem: string | null; isRefused?: boolean };

/** More new senders in one delivery would cost too many calls at once. */
const MAX_CALLS = 30;

const profiles = new RecentAnswers<Looked>(60 * 60 * 1000, 5_000);

const without = (problem: string): Looked => ({ profile: null, problem });

const LATE = without('Meta did not tell it in time. Ask with Person: Get Profile.');

function whyNot(error: Error): Looked {
	if (error instanceof MetaError && error.facts.error?.code === NO_CONSENT) {
		return {
			...without('The person has not agreed to share the profile: a comment is not enough, a message is.'),
			isRefused: true,
		};
	}
	return without(error.message);
}

async function look(
	n8n: IWebhookFunctions,
	open: () => Promise<Connection>,
	accountId: string,
	personId: string,
): Promise<Looked> {
	const connection = await open();
	const account = connection.reach.accounts.find(({ id }) => id === accountId);
	if (!account) return without('The login does not reach the account.');
	const call = {
		method: 'GET',
		path: graphPath`/${personId}`,
		query: { fields: PROFILE_FIELDS },
		mayLackFields: true,
		signAs: inboxOf(account),
	} as const;
	return { profile: simplifyProfile(await callGraph(n8n, connection, call), personId), problem: null };
}

/** By comments alone nobody agrees; with everything else that a person does, they may have agreed since. */
const mayHaveAgreed = (event: InstagramEvent): boolean => !('comment' in event);

/**
 * Profiles of the people in a delivery: one call per new sender, remembered for an hour in this process.
 * @param open opens the login; asked only when a call is needed
 */
export function profilesFor(n8n: IWebhookFunctions, open: () => Promise<Connection>, limit: TimeLimit) {
	const type = n8n.getNodeParameter('authentication') as CredentialType;
	const login = n8n.getNode().credentials?.[type]?.id ?? '';
	let calls = 0;

	const ask = async (accountId: string, personId: string): Promise<Looked> =>
		++calls > MAX_CALLS
			? without(`More than ${MAX_CALLS} new people came at once.`)
			: await look(n8n, open, accountId, personId).catch(whyNot);

	return async (
		event: InstagramEvent,
	): Promise<{ senderProfile: IDataObject | null; senderProfileProblem: string | null }> => {
		const { accountId, conversationWith, isEcho, isTest } = event;
		const isKept = ({ profile, isRefused }: Looked) =>
			profile !== null || (isRefused === true && !mayHaveAgreed(event));
		const find = async () => {
			if (isTest) return without('The person is made up.');
			if (conversationWith === null) return without('The event names no person.');
			if (isEcho && 'comment' in event) return without('The account itself wrote it.');
			const work = profiles.get(
				`${login}:${accountId}:${conversationWith}`,
				isKept,
				async () => await ask(accountId, conversationWith),
			);
			return await limit.within(work, LATE);
		};
		const { profile, problem } = await find();
		return { senderProfile: profile, senderProfileProblem: problem };
	};
}
