import type { MetaError } from '../errors/metaError';

/** A read as it ended; `undefined` when it was not made because this login has nothing to read there. */
export type Read<T> = { value: T } | { failure: MetaError } | undefined;

export const valueOf = <T>(read: Read<T>): T | undefined => (read && 'value' in read ? read.value : undefined);
export const failureOf = <T>(read: Read<T>): MetaError | undefined =>
	read && 'failure' in read ? read.failure : undefined;
