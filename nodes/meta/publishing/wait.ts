import { sleep, type IDataObject } from 'n8n-workflow';
import type { GraphCall } from '../graph/call';
import { brokenContainer, howToFinish, namingContainer } from './errors';
import { graphPath } from '../graph/path';

/** What publishing needs from its caller. */
export type PublishContext = {
	graph: (call: Omit<GraphCall, 'signAs' | 'itemIndex'>) => Promise<IDataObject>;
	fail: (message: string, description: string) => Error;
	isCancelled: () => boolean;
	accountId: string;
	/** How long to wait for Meta to process media, in milliseconds. */
	maxWaitMs: number;
	/** Called when what was made for this item is of no use any more. */
	forget: () => void;
};

/** Pictures are processed while Meta answers, or soon after; videos take their time. */
export type MediaKind = 'image' | 'video';

/** Media that Meta works on. */
export type Container = {
	id: string;
	/** When Meta had all of the media, in milliseconds since 1970. */
	since: number;
	kind: MediaKind;
};

/**
 * Pauses between looks, in milliseconds; the last one repeats. A look costs a call, a late one costs time: the pauses
 * grow with the time that has passed. Meta asks for no more than one look a minute in the long run.
 */
const GAPS_MS: Record<MediaKind, number[]> = {
	image: [0, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000],
	video: [2000, 6000, 14_000, 15_000, 20_000, 30_000, 30_000, 60_000],
};
/** A cancelled execution is noticed after this long, in milliseconds. */
const SLICE_MS = 1000;

/** The first planned look that is later than `elapsedMs`, both counted from the start of processing. */
export function nextLook(kind: MediaKind, elapsedMs: number): number {
	const gaps = GAPS_MS[kind];
	let at = gaps[0];
	for (let look = 1; at <= elapsedMs; look++) at += gaps[Math.min(look, gaps.length - 1)];
	return at;
}

/** Waits, and stops waiting when the execution is cancelled. `describe` says what is left behind then. */
export async function pause(publishing: PublishContext, ms: number, describe: () => string): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0; left = end - Date.now()) {
		if (publishing.isCancelled()) break;
		await sleep(Math.min(left, SLICE_MS));
	}
	if (publishing.isCancelled()) throw publishing.fail('The execution was cancelled', describe());
}

/** Reads the status of a container: `status_code` and `status`. */
const look = async ({ graph }: PublishContext, id: string, leftover: string): Promise<IDataObject> =>
	await graph({ method: 'GET', path: graphPath`/${id}`, query: { fields: 'status_code,status' } }).catch(
		(error: Error) => {
			throw namingContainer(error, id, leftover);
		},
	);

/**
 * Waits until Meta has processed a container, with few looks; looks at least once, however late it is.
 * @param leftover what the reader can do with what there is, when the time is up
 * @returns true when it was published before
 * @throws when processing failed, the container expired, the time is up or the execution was cancelled
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
 */
export async function waitForContainer(
	publishing: PublishContext,
	{ id, since, kind }: Container,
	leftover = howToFinish(id),
): Promise<boolean> {
	const deadline = since + publishing.maxWaitMs;
	const cancelled = () => `Nothing was published; the container is ${id}.`;
	for (let at = nextLook(kind, -1); ; at = nextLook(kind, Date.now() - since)) {
		await pause(publishing, Math.min(since + at, deadline) - Date.now(), cancelled);
		const container = await look(publishing, id, leftover);
		const code = container.status_code;
		if (code === 'FINISHED' || code === 'PUBLISHED') return code === 'PUBLISHED';
		if (code === 'ERROR' || code === 'EXPIRED') {
			publishing.forget();
			throw brokenContainer(publishing.fail, container);
		}
		if (Date.now() >= deadline)
			throw publishing.fail(
				'Instagram is still processing the media',
				`Nothing was published. ${leftover} To wait longer, raise Options > Maximum Wait.`,
			);
	}
}
