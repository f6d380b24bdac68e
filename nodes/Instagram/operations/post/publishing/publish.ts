import type { IDataObject } from 'n8n-workflow';
import { publishOnce, findPublished, readPost } from '../../../../meta/publishing/publishOnce';
import { MetaError } from '../../../../meta/errors/metaError';
import { uploadUrlOf, uploadVideo } from '../../../../meta/publishing/upload';
import { waitForContainer, type Container, type PublishContext } from '../../../../meta/publishing/wait';
import type { RunContext } from '../../define';
import { findPost } from './publishedBefore';
import type { Part } from './media';
import { reserveQuota, publishContext, runOf, unlessAccountStopped, uploader, type PublishRun } from './run';
import { DAY_MS } from '../../../../meta/time';
import { graphPath } from '../../../../meta/graph/path';

/** A post to make. */
export type Plan = {
	container: Part;
	/** Items of a carousel; their containers are made first. */
	children?: Part[];
	caption?: string;
	isStory?: boolean;
	maxWaitSeconds: number;
	stopBeforeLimit?: boolean;
};

/** A container as it stands in the item's progress: a retry of n8n goes on with it. */
type Made = Container & { madeAt: number; uploadUrl?: string; isBegun?: boolean; isUploaded?: boolean };

const POST = 'container';
const TRIED_AT = 'triedAt';
const CONTAINER_LIFE_MS = DAY_MS;

/** Every item runs by itself until the steps that keep the order of the items. */
export function ownLane(_param: unknown, index: number): string {
	return String(index);
}

async function create({ accountId, graph }: PublishContext, { file, isVideo, params }: Part): Promise<Made> {
	const { id, uri } = await graph({
		method: 'POST',
		path: graphPath`/${accountId}/media`,
		body: params,
		repeatable: true,
		...(params.product_tags ? { capability: 'products' } : {}),
	});
	const now = Date.now();
	return {
		id: String(id),
		since: now,
		madeAt: now,
		kind: isVideo ? 'video' : 'image',
		...(file ? { uploadUrl: uri as string | undefined, isUploaded: false } : {}),
	};
}

/** The container that an earlier try made, for which the time to wait begins anew; none that expired without having been published. */
function madeBefore({ progress }: RunContext, key: string): Made | undefined {
	const made = progress.get<Made>(key);
	const isOver = made && Date.now() - made.madeAt > CONTAINER_LIFE_MS && !progress.has(TRIED_AT);
	return made && !isOver ? Object.assign(made, { since: Date.now() }) : undefined;
}

type WithContext = { context?: IDataObject };

/** Names in the error of a step the container that it leaves behind, unless Meta has no more use for it: the output of a failed item tells it. */
async function withContainerInError<T>({ progress }: RunContext, step: () => Promise<T>): Promise<T> {
	return await step().catch((error: Error & WithContext) => {
		if (error instanceof MetaError && progress.has(POST)) error.canBeLookedUp = true;
		const left = progress.get<Made>(POST);
		if (left && left.isUploaded !== false && error.context) error.context.containerId = left.id;
		throw error;
	});
}

/** Makes a container, or takes the one that an earlier try made, and sends the video that belongs into it. */
export async function makeContainer(
	ctx: RunContext,
	publishing: PublishContext,
	part: Part,
	key = POST,
): Promise<Made> {
	const run = runOf(ctx);
	const account = run.ofAccount(publishing.accountId);
	const made =
		madeBefore(ctx, key) ??
		(await run.containers(
			async () =>
				await unlessAccountStopped(publishing, account, undefined, async () => await create(publishing, part)),
		));
	ctx.progress.set(key, made);
	if (!part.file || made.isUploaded) return made;
	const { file } = part;
	const url = uploadUrlOf(ctx.fail, ctx.connection.versionedUrl, made.id, made.uploadUrl);
	await run.uploads(async () => {
		const isResumed = made.isBegun ?? false;
		made.isBegun = true;
		await uploadVideo(publishing, uploader(ctx), made.id, url, file, isResumed);
	});
	return Object.assign(made, { isUploaded: true, since: Date.now() });
}

/** Makes the items of a carousel side by side, and waits for its videos: Meta takes only finished ones. */
async function makeChildren(ctx: RunContext, publishing: PublishContext, parts: Part[]): Promise<string[]> {
	const outcomes = await Promise.allSettled(
		parts.map(async (part, i) => await makeContainer(ctx, publishing, part, `item ${i}`)),
	);
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason as Error;
	const made = outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Made>).value);
	const ids = made.map(({ id }) => id);
	// One after another: they are processed at the same time, and the first wait is mostly the only one.
	for (const child of made.filter(({ kind }) => kind === 'video')) {
		await waitForContainer(
			publishing,
			child,
			`The items ${ids.join(', ')} live 24 hours: "Create Container" makes a carousel of them once they are ready.`,
		);
	}
	return ids;
}

async function makePost(ctx: RunContext, publishing: PublishContext, { children, container }: Plan): Promise<Made> {
	if (!children || madeBefore(ctx, POST)) return await makeContainer(ctx, publishing, container);
	const ids = await makeChildren(ctx, publishing, children);
	return await makeContainer(ctx, publishing, { ...container, params: { ...container.params, children: ids } });
}

/** Publishes a container, unless it is live already. */
async function publishUnlessLive(
	ctx: RunContext,
	publishing: PublishContext,
	run: PublishRun,
	container: Container,
	{ caption, isStory }: Pick<Plan, 'caption' | 'isStory'>,
	isLive: boolean,
) {
	const account = run.ofAccount(publishing.accountId);
	const triedAt = ctx.progress.get<number>(TRIED_AT);
	const marks = { caption, isStory, since: triedAt ?? Date.now(), others: account.posts };
	if (isLive) {
		// Published before this try: without the time of it, and without a caption, any post might be the one.
		const since = triedAt ?? (caption ? ctx.earlier?.since.at : undefined);
		return since === undefined
			? undefined
			: await findPublished(publishing, { ...marks, since }).catch(() => undefined);
	}
	return await unlessAccountStopped(publishing, account, container.id, async () => {
		ctx.progress.set(TRIED_AT, marks.since);
		return await publishOnce(publishing, container, marks);
	});
}

/** Waits for a container, publishes it, and reads the link. Items of one account go live in their order. */
async function finish(
	ctx: RunContext,
	publishing: PublishContext,
	container: Container,
	plan: Pick<Plan, 'caption' | 'isStory'>,
): Promise<IDataObject & { isLive: boolean }> {
	const run = runOf(ctx);
	const account = run.ofAccount(publishing.accountId);
	const isLive = await ctx.afterEarlierItems(
		'ready',
		async () =>
			await unlessAccountStopped(
				publishing,
				account,
				container.id,
				async () => await waitForContainer(publishing, container),
			),
	);
	const id = await ctx.afterEarlierItems('publish', async () => {
		const found = await publishUnlessLive(ctx, publishing, run, container, plan, isLive);
		if (found) {
			account.posts.add(found);
			ctx.taken.add(found);
		}
		return found;
	});
	return { ...(await readPost(publishing, id)), isLive };
}

/** Begins nothing that goes beyond the account's limit; the places are given in the order of the items. */
export async function reserveQuotaFor(ctx: RunContext, publishing: PublishContext): Promise<void> {
	return await ctx.afterEarlierItems(
		'limit',
		async () => await reserveQuota(publishing, runOf(ctx).ofAccount(publishing.accountId)),
	);
}

/** Makes, publishes and reads a post: exactly once, also when n8n tries the item again. */
export async function publish(ctx: RunContext, plan: Plan): Promise<IDataObject> {
	const publishing = publishContext(ctx, plan.maxWaitSeconds);
	const shown = plan.caption === undefined ? {} : { caption: plan.caption };
	const known = madeBefore(ctx, POST) ? undefined : await findPost(ctx, { ...plan, container: plan.container.params });
	if (known) {
		runOf(ctx).ofAccount(publishing.accountId).posts.add(known.id);
		const { id, permalink, timestamp } = await readPost(publishing, known.id);
		return { id, permalink, ...shown, timestamp, containerId: null, wasPublishedBefore: true };
	}
	if (plan.stopBeforeLimit && !ctx.progress.has(POST)) await reserveQuotaFor(ctx, publishing);
	return await withContainerInError(ctx, async () => {
		const container = await makePost(ctx, publishing, plan);
		const { id, permalink, timestamp } = await finish(ctx, publishing, container, plan);
		return { id, permalink, ...shown, timestamp, containerId: container.id };
	});
}

/** Publishes a container that somebody else made, once it is ready; nothing is published twice. */
export async function publishMade(ctx: RunContext, publishing: PublishContext, id: string): Promise<IDataObject> {
	const container: Container = { id, since: Date.now(), kind: 'image' };
	ctx.progress.set(POST, container);
	const { isLive, ...post } = await withContainerInError(ctx, async () => await finish(ctx, publishing, container, {}));
	return { ...post, containerId: id, wasPublishedBefore: isLive };
}
