import type { IDataObject } from 'n8n-workflow';
import type { UploadAnswer, UploadCall } from '../graph/upload';
import { pause, type PublishContext } from './wait';
import { isOwnAddress } from '../graph/ownHosts';
import { graphPath } from '../graph/path';

/** A video of the workflow. `open` gives its bytes from an offset on, as a stream or a buffer. */
export type UploadFile = { size: number; open: (offset: number) => Promise<object> };

/** Sends a file, or the rest of one, as the chosen account. */
export type SendUpload = (call: Omit<UploadCall, 'signAs'>) => Promise<UploadAnswer>;

const UPLOAD_HOST = 'https://rupload.facebook.com';

/** Pauses before an upload goes on after a break, in milliseconds. As many breaks in a row without progress end it. */
const BREAK_WAITS_MS = [500, 2000, 5000, 10_000, 20_000];

/**
 * Where the video of a container goes: the address that Meta gave. The token goes along, so that only Meta's own hosts
 * and the host of the credential's base URL are taken.
 * @param graphUrl where the calls of the credential go, with the version
 */
export function uploadUrlOf(
	fail: PublishContext['fail'],
	graphUrl: string,
	containerId: string,
	given: unknown,
): string {
	const { pathname } = new URL(graphUrl);
	const url = String(
		given ?? `${UPLOAD_HOST}/ig-api-upload/${pathname.split('/').at(-1)}${graphPath`/${containerId}`}`,
	);
	if (isOwnAddress(url, [graphUrl])) return url;
	throw fail(
		`Meta named an upload address that is not its own: "${url}"`,
		'Nothing was sent. Check the Graph API base URL in the credential.',
	);
}

type Progress = { isComplete: boolean; offset: number };

/** How far an upload is, as Meta tells it. */
async function progressOf({ graph }: PublishContext, containerId: string, size: number): Promise<Progress> {
	const { video_status: status } = await graph({
		method: 'GET',
		path: graphPath`/${containerId}`,
		query: { fields: 'video_status' },
	});
	const phase = (status as IDataObject | undefined)?.uploading_phase as IDataObject | undefined;
	// Meta's pages spell the count in two ways.
	const offset = Number(phase?.bytes_transferred ?? phase?.bytes_transfered ?? 0);
	return { isComplete: phase?.status === 'complete' || offset >= size, offset };
}

/** Whether another try may help: the connection broke, the piece was not what Meta expected, or Meta itself says so. */
const mayGoOn = ({ problem, status }: UploadAnswer): boolean =>
	status === 0 ||
	status >= 500 ||
	problem?.retriable === true ||
	problem?.type === 'PartialRequestError' ||
	problem?.type === 'OffsetInvalidError';

function whyNot({ cause, problem, status }: UploadAnswer): string {
	const theirs = problem?.message ?? cause ?? '';
	return `${theirs ? `Meta says: "${theirs}" ` : ''}(HTTP ${status}${problem?.type ? `, ${problem.type}` : ''})`;
}

/**
 * Sends a video to the container that waits for it; an upload that broke goes on where Meta says it broke.
 * @param isResumed part of it may have been sent before
 * @throws when Meta refuses the file, or the upload breaks again and again without getting further
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export async function uploadVideo(
	publishing: PublishContext,
	send: SendUpload,
	containerId: string,
	url: string,
	file: UploadFile,
	isResumed: boolean,
): Promise<void> {
	const cancelled = () => `Nothing was published; the video is not complete at Meta. The container is ${containerId}.`;
	let { offset, isComplete } = isResumed
		? await progressOf(publishing, containerId, file.size)
		: { offset: 0, isComplete: false };
	for (let breaks = 0; !isComplete; ) {
		const body = await file.open(offset);
		const answer = await send({ url, offset, size: file.size, body });
		(body as { destroy?: () => void }).destroy?.();
		if (answer.isDone) return;
		if (!mayGoOn(answer)) {
			publishing.forget();
			throw publishing.fail(
				'Meta did not take the video',
				`Nothing was published. ${whyNot(answer)}. Check the file, and run the step again.`,
			);
		}
		if (breaks === BREAK_WAITS_MS.length) {
			throw publishing.fail(
				'The upload of the video breaks off again and again',
				`Nothing was published. ${offset} of ${file.size} bytes have arrived. ${whyNot(answer)}. Check the connection of n8n, and run the step again.`,
			);
		}
		await pause(publishing, BREAK_WAITS_MS[breaks], cancelled);
		const progress = await progressOf(publishing, containerId, file.size);
		breaks = progress.offset > offset ? 0 : breaks + 1;
		({ offset, isComplete } = progress);
	}
}
