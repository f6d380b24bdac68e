import type { IDataObject } from 'n8n-workflow';
import { explain, MetaError } from '../errors/metaError';
import type { Fail } from '../input/check';

type Explained = { message: string; fix: string };

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

/** The same numbers as in refusals, without the code that stands beside them there. */
function explainNumber(number: number | undefined): Explained {
	return (number === undefined ? undefined : explain({ code: number })) ?? UNKNOWN;
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
