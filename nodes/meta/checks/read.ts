import type { MetaError } from '../errors/metaError';

/** A read as it ended; `undefined` when it was not made because this login has nothing to read there. */
export type Read<T> = { value: T } | { failure: MetaError } | undefined;

/** What was read; `undefined` when it was not asked for, or refused. */
export function valueOf<T>(read: Read<T>): T | undefined {
	return read && 'value' in read ? read.value : undefined;
}

/** Why it could not be read; `undefined` when it was, or was not asked for. */
export function failureOf<T>(read: Read<T>): MetaError | undefined {
	return read && 'failure' in read ? read.failure : undefined;
}
