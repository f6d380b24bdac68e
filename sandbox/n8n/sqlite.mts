import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** Reads the rows of a query; values stand for the question marks. */
export type Read = <T>(query: string, ...values: SQLInputValue[]) => T[];

/**
 * Reads the database file of an n8n that runs, or does not: what its API shows only in pages, or not at all.
 * @param userFolder as in `RunningN8n.userFolder`
 */
export function readDatabase(userFolder: string): Read {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	return <T,>(query: string, ...values: SQLInputValue[]) => database.prepare(query).all(...values) as T[];
}
