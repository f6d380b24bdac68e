import { inboxOf } from '../../../../meta/login/chooseAccount';
import { limitConcurrency, type Limiter } from '../../../../meta/limits/concurrency';
import { explain, MetaError } from '../../../../meta/errors/metaError';
import { sendUpload } from '../../../../meta/graph/upload';
import { isOverLimit, noRoom, readQuota, withUsage, type Quota } from '../../../../meta/publishing/quota';
import { howToFinish } from '../../../../meta/publishing/errors';
import type { SendUpload } from '../../../../meta/publishing/upload';
import type { PublishContext } from '../../../../meta/publishing/wait';
import type { RunContext } from '../../define';

/** What all items of a run that work for one account have in common. */
type AccountRun = {
	/** IDs of posts that this run has published. */
	posts: Set<string>;
	quota?: Promise<Quota>;
	/** Meta's word to stop: what it said to one item holds for the others. */
	stop?: { message: string; fix: string };
};

/** What all items of a run have in common: Meta is not asked for everything at the same time. */
export type PublishRun = { containers: Limiter; uploads: Limiter; ofAccount: (accountId: string) => AccountRun };

const CONTAINERS_AT_ONCE = 10;
const UPLOADS_AT_ONCE = 3;

function newRun(): PublishRun {
	const accounts = new Map<string, AccountRun>();
	const ofAccount = (id: string) => {
		const account: AccountRun = accounts.get(id) ?? { posts: new Set() };
		accounts.set(id, account);
		return account;
	};
	return { containers: limitConcurrency(CONTAINERS_AT_ONCE), uploads: limitConcurrency(UPLOADS_AT_ONCE), ofAccount };
}

/** The run that an item belongs to. */
export function runOf({ perRun }: RunContext): PublishRun {
	return perRun('publishing', newRun);
}

/** What publishing needs, for one item. */
export function publishContext(
	{ account, fail, graph, isCancelled, progress }: RunContext,
	maxWaitSeconds: number,
): PublishContext {
	return {
		graph,
		fail,
		isCancelled,
		accountId: account().id,
		maxWaitMs: maxWaitSeconds * 1000,
		forget: () => progress.clear(),
	};
}

/** Sends videos to the upload host as the chosen account. */
export function uploader({ account, connection, n8n }: RunContext): SendUpload {
	return async (call) => await sendUpload(n8n, connection, { ...call, signAs: inboxOf(account()) });
}

/** Keeps a place within the account's publishing limit, which is read once for all items. */
export async function reserveQuota(publishing: PublishContext, account: AccountRun): Promise<void> {
	account.quota ??= readQuota(publishing);
	const quota = await account.quota;
	if (quota.total !== undefined && quota.used >= quota.total) throw noRoom(publishing.fail, quota);
	quota.used += 1;
}

/**
 * Does a step unless Meta told another item of the account to stop; remembers when it says so here.
 * @param containerId what is left behind, when there is something already
 */
export async function unlessAccountStopped<T>(
	publishing: PublishContext,
	account: AccountRun,
	containerId: string | undefined,
	step: () => Promise<T>,
): Promise<T> {
	if (account.stop) {
		const left = containerId ? ` ${howToFinish(containerId)}` : '';
		throw publishing.fail(
			account.stop.message,
			`Meta said so to an item before this one, which was therefore not tried. Nothing was published. ${account.stop.fix}${left}`,
		);
	}
	return await step().catch(async (error: Error) => {
		const row = error instanceof MetaError && error.facts.error ? explain(error.facts.error) : undefined;
		if (row?.retry === 'later') account.stop = { message: row.message, fix: row.fix };
		throw isOverLimit(error) ? await withUsage(publishing, error) : error;
	});
}
