import type { IDataObject } from 'n8n-workflow';
import { explain, MetaError } from '../errors/metaError';
import type { Fail } from '../input/check';

/** Numbers that Meta writes into the status of a container, and the code under which the error table has them. */
const CODES: Record<number, number> = {
	2207001: -1,
	2207003: -2,
	2207004: 36000,
	2207005: 36001,
	2207009: 36003,
	2207020: -2,
	2207026: 352,
	2207032: -1,
	2207052: 9004,
	2207053: -1,
	2207057: 1,
};

type Explained = { message: string; fix: string };

/** Numbers that Meta's documentation leaves out: what they turned out to mean. */
const UNDOCUMENTED: Record<number, Explained> = {
	2207076: {
		message: 'Instagram could not process the video',
		fix: 'Use MP4 with H.264 video (23 to 60 frames per second, at most 1,920 pixels wide) and AAC sound, and 300 MB at most.',
	},
	2207077: {
		message: 'Instagram could not download the video from its URL',
		fix: 'The URL must be public and answer quickly with the file itself, which has 300 MB at most.',
	},
	2207082: {
		message: 'Instagram could not process the media',
		fix: 'The file may be too large, or its sound or picture broken: encode it again as MP4 with H.264 video and AAC sound.',
	},
	2207085: {
		message: 'Instagram could not process the video',
		fix: 'Check frame rate (23 to 60 per second) and width (at most 1,920 pixels), and encode it again.',
	},
};

const EXPIRED: Explained = {
	message: 'The media container expired before it was published',
	fix: 'A container lives 24 hours.',
};
const UNKNOWN: Explained = { message: 'Instagram could not process the media', fix: 'Check the file.' };

/** The number of the error in the status text of a container; the text itself is localised. */
export function errorNumberIn(status: unknown): number | undefined {
	const match = /\b(2207\d{3})\b/.exec(String(status ?? ''));
	return match ? Number(match[1]) : undefined;
}

function explainNumber(number: number | undefined): Explained {
	if (number === undefined) return UNKNOWN;
	const code = CODES[number];
	return UNDOCUMENTED[number] ?? (code === undefined ? UNKNOWN : explain({ code, error_subcode: number })) ?? UNKNOWN;
}

/** The error of a container that will never be ready: Meta failed with its media, or it expired. */
export function brokenContainer(fail: Fail, { status, status_code: code }: IDataObject): Error {
	const number = errorNumberIn(status);
	const { message, fix } = code === 'EXPIRED' ? EXPIRED : explainNumber(number);
	return fail(
		message,
		`Nothing was published. ${fix} Meta says: "${String(status ?? code)}"${number ? ` (${number})` : ''}. Run the step again, which makes a new container.`,
	);
}

/** Meta's codes for a container that cannot be published (any more). */
const DEAD_CODES = new Set([-2, 24]);

/** True when Meta said that a container is no longer there: only a new one helps. */
export function isDeadContainer(error: unknown): boolean {
	return (
		error instanceof MetaError &&
		DEAD_CODES.has(error.facts.error?.code ?? 0) &&
		explain(error.facts.error as never)?.retry === 'no'
	);
}

/** What to do with a container that is ready, or will be. */
export function howToFinish(containerId: string): string {
	return `The container ${containerId} lives 24 hours: "Publish Container" publishes it once it is ready, and never twice.`;
}

/** Adds to an error of Meta how what there is gets published without a new container. */
export function namingContainer<E>(error: E, containerId: string, leftover = howToFinish(containerId)): E {
	if (error instanceof MetaError && !isDeadContainer(error))
		error.description = `${error.description ?? ''} ${leftover}`.trim();
	return error;
}
