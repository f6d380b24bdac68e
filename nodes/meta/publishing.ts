import { sleep, type IDataObject } from 'n8n-workflow';
import { explain, isUnclear, MetaError, type Failure } from './errors';
import type { GraphCall } from './graph';

/** What publishing needs from its caller. */
export type PublishContext = {
	graph: (call: Omit<GraphCall, 'as' | 'itemIndex'>) => Promise<IDataObject>;
	fail: (message: string, description: string) => Error;
	isCancelled: () => boolean;
	accountId: string;
	/** Milliseconds since 1970 after which waiting ends. */
	deadline: number;
};

/** Pauses between looks at a container: images are ready within a second or two, so the first looks are close. */
const POLL_WAITS_MS = [0, 1000, 2000, 3000, 5000];
/** Not ready after FINISHED is rare and short; a lost answer is looked into this often. */
const PUBLISH_TRIES = 4;

const pause = (look: number): number => POLL_WAITS_MS[Math.min(look, POLL_WAITS_MS.length - 1)];

/** Meta puts the number of a processing error into the status text; the text itself is localised. */
const errorNumber = (status: unknown): number | undefined => {
	const match = /\b(2207\d{3})\b/.exec(String(status));
	return match ? Number(match[1]) : undefined;
};

/**
 * Waits until Meta has processed a container.
 * @throws when processing failed, the container expired, the time is up or the execution was cancelled
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
 */
export async function waitForContainer(ctx: PublishContext, containerId: string): Promise<void> {
	for (let look = 0; ; look++) {
		const wait = pause(look);
		if (Date.now() + wait > ctx.deadline) {
			throw ctx.fail(
				'Instagram is still processing the media',
				`Nothing was published. Allow more time under Options > Maximum Wait. The container ${containerId} lives 24 hours.`,
			);
		}
		if (wait > 0) await sleep(wait);
		if (ctx.isCancelled()) throw ctx.fail('The execution was cancelled', `Nothing was published; the container is ${containerId}.`);
		const container = await ctx.graph({ method: 'GET', path: `/${containerId}`, query: { fields: 'status_code,status' } });
		const code = container.status_code;
		if (code === 'FINISHED' || code === 'PUBLISHED') return;
		if (code === 'ERROR' || code === 'EXPIRED') {
			const number = errorNumber(container.status);
			throw ctx.fail(
				code === 'EXPIRED' ? 'The media container expired before it was published' : 'Instagram could not process the media',
				`Nothing was published. Meta says: "${String(container.status)}"${number ? ` (${number})` : ''}. Check the file and run the step again.`,
			);
		}
	}
}

/** The newest post that carries the caption and is not older than `since` (milliseconds since 1970). */
async function findPublished(ctx: PublishContext, caption: string, since: number): Promise<string | undefined> {
	const answer = await ctx.graph({
		method: 'GET',
		path: `/${ctx.accountId}/media`,
		query: { fields: 'id,caption,timestamp', limit: 5 },
	});
	const posts = (answer.data ?? []) as Array<{ id: string; caption?: string; timestamp?: string }>;
	// A minute of grace, because Meta's clock and this one differ.
	return posts.find(({ caption: theirs, timestamp }) => (theirs ?? '') === caption && Date.parse(timestamp ?? '') >= since - 60_000)?.id;
}

/** Why a publish call gave no ID, sorted by what may be done next. */
function sortFailure(error: unknown): { unclear: boolean; again: boolean } {
	const facts: Failure | undefined = error instanceof MetaError ? error.facts : undefined;
	const unclear = facts !== undefined && isUnclear(facts);
	const row = facts?.error && explain(facts.error);
	return { unclear, again: facts?.error?.code === 9007 || (unclear && row?.retry !== 'later') };
}

async function isPublished(ctx: PublishContext, containerId: string): Promise<boolean> {
	const container = await ctx.graph({ method: 'GET', path: `/${containerId}`, query: { fields: 'status_code' } });
	return container.status_code === 'PUBLISHED';
}

/**
 * Publishes a finished container exactly once: after an unclear answer it looks before it tries again.
 * @param caption the container's caption, to recognise the post when its ID got lost
 * @returns the ID of the post; `undefined` when it is live but its ID could not be found out
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish
 */
export async function publishOnce(ctx: PublishContext, containerId: string, caption: string): Promise<string | undefined> {
	const since = Date.now();
	// The answer that left open whether the post is live. From then on even a plain refusal may mean "live already".
	let open: Error | undefined;
	for (let tries = 1; ; tries++) {
		const outcome = await ctx
			.graph({
				method: 'POST',
				path: `/${ctx.accountId}/media_publish`,
				body: { creation_id: containerId },
				ifUnclear: 'The post may or may not be live: look at the account before you publish again.',
			})
			.catch((error: Error) => error);
		if (!(outcome instanceof Error)) return String(outcome.id);
		const { again, unclear } = sortFailure(outcome);
		if (unclear) open ??= outcome;
		if (again || open) await sleep(pause(tries));
		if (open) {
			const published = await isPublished(ctx, containerId).catch(() => undefined);
			// Could not look: the answer that says "unclear" is the true one.
			if (published === undefined) throw open;
			if (published) return await findPublished(ctx, caption, since).catch(() => undefined);
		}
		if (!again || tries >= PUBLISH_TRIES || ctx.isCancelled()) throw outcome;
	}
}
