import type { IDataObject } from 'n8n-workflow';
import { publishOnce, findPublished, readPost } from '../../../../meta/publishing/publishOnce';
import { uploadUrlOf, uploadVideo } from '../../../../meta/publishing/upload';
import { waitForContainer, type Container, type PublishContext } from '../../../../meta/publishing/wait';
import type { RunContext } from '../../define';
import type { Part } from './media';
import { keepPlace, publishContext, runOf, unlessStopped, uploader, type PublishRun } from './run';

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

/** A container as it is noted down: a retry of n8n goes on with it. */
type Made = Container & { madeAt: number; uploadUrl?: string; isBegun?: boolean; isUploaded?: boolean };

const POST = 'container';
const TRIED_AT = 'triedAt';
const CONTAINER_LIFE_MS = 24 * 3600 * 1000;

/** Every item runs by itself until its turn to publish comes. */
export const ownLane = (_param: unknown, index: number): string => String(index);

async function create({ accountId, graph }: PublishContext, { file, isVideo, params }: Part): Promise<Made> {
	const { id, uri } = await graph({
		method: 'POST',
		path: `/${accountId}/media`,
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
function madeBefore({ notes }: RunContext, key: string): Made | undefined {
	const made = notes.get<Made>(key);
	const isOver = made && Date.now() - made.madeAt > CONTAINER_LIFE_MS && !notes.has(TRIED_AT);
	return made && !isOver ? Object.assign(made, { since: Date.now() }) : undefined;
}

type WithContext = { context?: IDataObject };

/** Names in the error of a step the container that it leaves behind, unless Meta has no more use for it: the output of a failed item tells it. */
async function namingLeftover<T>({ notes }: RunContext, step: () => Promise<T>): Promise<T> {
	return await step().catch((error: Error & WithContext) => {
		const left = notes.get<Made>(POST);
		if (left && left.isUploaded !== false && error.context) error.context.containerId = left.id;
		throw error;
	});
}

/** Makes a container, or takes the one that an earlier try made, and sends the video that belongs into it. */
export async function makeContainer(ctx: RunContext, meta: PublishContext, part: Part, key = POST): Promise<Made> {
	const run = runOf(ctx);
	const account = run.ofAccount(meta.accountId);
	const made =
		madeBefore(ctx, key) ??
		(await run.containers(
			async () => await unlessStopped(meta, account, undefined, async () => await create(meta, part)),
		));
	ctx.notes.set(key, made);
	if (!part.file || made.isUploaded) return made;
	const { file } = part;
	const url = uploadUrlOf(ctx.fail, ctx.connection.versionedUrl, made.id, made.uploadUrl);
	await run.uploads(async () => {
		const isResumed = made.isBegun ?? false;
		made.isBegun = true;
		await uploadVideo(meta, uploader(ctx), made.id, url, file, isResumed);
	});
	return Object.assign(made, { isUploaded: true, since: Date.now() });
}

/** Makes the items of a carousel side by side, and waits for its videos: Meta takes only finished ones. */
async function makeChildren(ctx: RunContext, meta: PublishContext, parts: Part[]): Promise<string[]> {
	const outcomes = await Promise.allSettled(
		parts.map(async (part, i) => await makeContainer(ctx, meta, part, `item ${i}`)),
	);
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason as Error;
	const made = outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Made>).value);
	const ids = made.map(({ id }) => id);
	// One after another: they are processed at the same time, and the first wait is mostly the only one.
	for (const child of made.filter(({ kind }) => kind === 'video')) {
		await waitForContainer(
			meta,
			child,
			`The items ${ids.join(', ')} live 24 hours: "Create Container" makes a carousel of them once they are ready.`,
		);
	}
	return ids;
}

async function makePost(ctx: RunContext, meta: PublishContext, { children, container }: Plan): Promise<Made> {
	if (!children || madeBefore(ctx, POST)) return await makeContainer(ctx, meta, container);
	const ids = await makeChildren(ctx, meta, children);
	return await makeContainer(ctx, meta, { ...container, params: { ...container.params, children: ids } });
}

/** Publishes in the item's turn, unless it is live already. */
async function publishInTurn(
	ctx: RunContext,
	meta: PublishContext,
	run: PublishRun,
	container: Container,
	{ caption, isStory }: Pick<Plan, 'caption' | 'isStory'>,
	isLive: boolean,
) {
	const account = run.ofAccount(meta.accountId);
	const triedAt = ctx.notes.get<number>(TRIED_AT);
	const marks = { caption, isStory, since: triedAt ?? Date.now(), others: account.posts };
	// Published before this try: without the time of it, any post might be the one.
	if (isLive) return triedAt === undefined ? undefined : await findPublished(meta, marks).catch(() => undefined);
	return await unlessStopped(meta, account, container.id, async () => {
		ctx.notes.set(TRIED_AT, marks.since);
		return await publishOnce(meta, container, marks);
	});
}

/** Waits for a container, publishes it, and reads the link. Items of one account go live in their order. */
async function finish(
	ctx: RunContext,
	meta: PublishContext,
	container: Container,
	plan: Pick<Plan, 'caption' | 'isStory'>,
): Promise<IDataObject & { isLive: boolean }> {
	const run = runOf(ctx);
	const account = run.ofAccount(meta.accountId);
	const isLive = await ctx.inTurn(
		'ready',
		async () => await unlessStopped(meta, account, container.id, async () => await waitForContainer(meta, container)),
	);
	const id = await ctx.inTurn('publish', async () => {
		const found = await publishInTurn(ctx, meta, run, container, plan, isLive);
		if (found) account.posts.add(found);
		return found;
	});
	return { ...(await readPost(meta, id)), isLive };
}

/** Begins nothing that goes beyond the account's limit; the places are given in the order of the items. */
export const keepPlaceFor = async (ctx: RunContext, meta: PublishContext): Promise<void> =>
	await ctx.inTurn('limit', async () => await keepPlace(meta, runOf(ctx).ofAccount(meta.accountId)));

/** Makes, publishes and reads a post: exactly once, also when n8n tries the item again. */
export async function publish(ctx: RunContext, plan: Plan): Promise<IDataObject> {
	const meta = publishContext(ctx, plan.maxWaitSeconds);
	if (plan.stopBeforeLimit && !ctx.notes.has(POST)) await keepPlaceFor(ctx, meta);
	return await namingLeftover(ctx, async () => {
		const container = await makePost(ctx, meta, plan);
		const { id, permalink, timestamp } = await finish(ctx, meta, container, plan);
		return {
			id,
			permalink,
			...(plan.caption === undefined ? {} : { caption: plan.caption }),
			timestamp,
			containerId: container.id,
		};
	});
}

/** Publishes a container that somebody else made, once it is ready; nothing is published twice. */
export async function publishMade(ctx: RunContext, meta: PublishContext, id: string): Promise<IDataObject> {
	const container: Container = { id, since: Date.now(), kind: 'image' };
	ctx.notes.set(POST, container);
	const { isLive, ...post } = await namingLeftover(ctx, async () => await finish(ctx, meta, container, {}));
	return { ...post, containerId: id, wasPublishedBefore: isLive };
}
