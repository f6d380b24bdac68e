import type { Chapter, ErrorRow } from './row';
import { ACCESS } from './rows/access';
import { LIMITS } from './rows/limits';
import { LOGIN } from './rows/login';
import { MESSAGES } from './rows/messages';
import { PUBLISHING } from './rows/publishing';
import { READING } from './rows/reading';
import { REQUESTS } from './rows/requests';
import { SAME_NUMBERS } from './rows/sameNumbers';

export type { ErrorRow, LimitScope } from './row';

/** All rows with the pages of Meta that they go back to. Their order means nothing: the row that fits best speaks. */
export const CHAPTERS: Chapter[] = [
	...LOGIN,
	...ACCESS,
	...MESSAGES,
	...PUBLISHING,
	...READING,
	...LIMITS,
	...REQUESTS,
	...SAME_NUMBERS,
];

/** One row, one error. */
export const ERROR_TABLE: ErrorRow[] = CHAPTERS.flatMap(({ rows }) => rows);
