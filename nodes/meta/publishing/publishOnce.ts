import type { IDataObject } from 'n8n-workflow';
import { explain, isUnclear, MetaError, type Failure } from '../errors/metaError';
import { isoFromGraph } from '../time';
import { isDeadContainer, namingContainer } from './errors';
import { pause, type Container, type PublishContext } from './wait';
import { graphPath } from '../graph/path';

/** What tells a post from others, when its ID got lost. */
export type PostMarks = {
	/** Absent where nobody knows it, and for stories, which have none. */
	caption?: string;
	isStory?: boolean;
	/** Before this the post was not live, in milliseconds since 1970. */
	since: number;
	/** IDs of posts that are known to be others. */
	others: ReadonlySet<string>;
};

/** Pauses before the container is tried again, in milliseconds; the last one repeats. */
const TRY_WAITS_MS = [1000, 2000, 3000, 5000, 10_000, 20_000, 30_000];
/** A lost answer is looked into this often; "not ready" is tried as often, and on until the time is up. */
const PUBLISH_TRIES = 4;
/** Meta's clock and this one differ, in milliseconds. */
const CLOCK_GRACE_MS = 60_000;
const RECENT = 10;

/**
 * Looks for a post whose ID got lost among the newest ones.
 * @returns `undefined` when none fits, or more than one does: a wrong ID is worse than none
 */
export async function findPublished(
	{ accountId, graph }: PublishContext,
	{ caption, isStory, others, since }: PostMarks,
): Promise<string | undefined> {
	const answer = await graph({
		method: 'GET',
		path: isStory ? graphPath`/${accountId}/stories` : graphPath`/${accountId}/media`,
		query: { fields: 'id,caption,timestamp', limit: RECENT },
	});
	const posts = (answer.data ?? []) as Array<{ id: string; caption?: string; timestamp?: string }>;
	const isMeant = (theirs = '') => isStory === true || caption === undefined || theirs.trim() === caption.trim();
	const fitting = posts.filter(
		(post) =>
			isMeant(post.caption) && Date.parse(post.timestamp ?? '') >= since - CLOCK_GRACE_MS && !others.has(post.id),
	);
	return fitting.length === 1 ? fitting[0].id : undefined;
}

/** Meta's numbers for a container that is not ready after all, although its status said so. */
const isNotReady = ({ error }: Failure): boolean => error?.code === 9007 || error?.error_subcode === 2207008;

/** Why a publish call gave no ID, sorted by what may be done next. */
function sortFailure(error: unknown): { unclear: boolean; notReady: boolean; again: boolean } {
	const facts: Failure | undefined = error instanceof MetaError ? error.facts : undefined;
	const unclear = facts !== undefined && isUnclear(facts);
	const row = facts?.error && explain(facts.error);
	return {
		unclear,
		notReady: facts !== undefined && isNotReady(facts),
		again: row?.retry === 'soon' || (unclear && row?.retry !== 'later'),
	};
}

async function isPublished({ graph }: PublishContext, id: string): Promise<boolean> {
	const container = await graph({ method: 'GET', path: graphPath`/${id}`, query: { fields: 'status_code' } });
	return container.status_code === 'PUBLISHED';
}

/**
 * Publishes a finished container exactly once: after an unclear answer it looks before it tries again. Meta publishes a
 * container once at most, so that a try too many is refused.
 * @returns the ID of the post; `undefined` when it is live but its ID could not be found out
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish
 */
export async function publishOnce(
	publishing: PublishContext,
	{ id }: Container,
	marks: PostMarks,
): Promise<string | undefined> {
	const deadline = Date.now() + publishing.maxWaitMs;
	const cancelled = () => `The container is ${id}. If the post is not live, "Publish Container" publishes it.`;
	// The answer that left open whether the post is live. From then on even a plain refusal may mean "live already".
	let open: Error | undefined;
	for (let tries = 1; ; tries++) {
		const outcome = await publishing
			.graph({
				method: 'POST',
				path: graphPath`/${publishing.accountId}/media_publish`,
				body: { creation_id: id },
				ifUnclear: 'The post may or may not be live: look at the account before you publish again.',
			})
			.catch((error: Error) => error);
		if (!(outcome instanceof Error)) return String(outcome.id);
		const { again, notReady, unclear } = sortFailure(outcome);
		const mayTry = notReady ? tries < PUBLISH_TRIES || Date.now() < deadline : again && tries < PUBLISH_TRIES;
		if (unclear) open ??= outcome;
		if (mayTry || open) await pause(publishing, TRY_WAITS_MS[Math.min(tries, TRY_WAITS_MS.length) - 1], cancelled);
		if (open) {
			const published = await isPublished(publishing, id).catch(() => undefined);
			// Could not look: the answer that says "unclear" is the true one.
			if (published === undefined) throw namingContainer(open, id);
			if (published) return await findPublished(publishing, marks).catch(() => undefined);
		}
		if (mayTry) continue;
		if (isDeadContainer(outcome)) publishing.forget();
		throw namingContainer(outcome, id);
	}
}

/** The post is live: whatever goes wrong from here on must not make the item fail, or a retry would publish again. */
export async function readPost({ graph }: PublishContext, id: string | undefined): Promise<IDataObject> {
	const unread = { id: id ?? null, permalink: null, timestamp: null };
	if (!id) return unread;
	const read = async () =>
		await graph({ method: 'GET', path: graphPath`/${id}`, query: { fields: 'permalink,timestamp' } });
	const post = await read().catch((): IDataObject => ({}));
	return {
		...unread,
		permalink: post.permalink ?? null,
		timestamp: post.timestamp ? isoFromGraph(post.timestamp) : null,
	};
}
