/** How a caller may react: `no` = never again, `soon` = a repeat may work, `later` = stop calling and wait. */
type Retry = 'no' | 'soon' | 'later';

/** Whose calls a limit holds up: all of the app, of the login, of the account, or those of one kind for the account. */
export type LimitScope = 'app' | 'login' | 'account' | 'call';

/** One error of Meta, told to a person. `code`/`subcode` are Meta's numbers; texts are ours, because Meta localises its own. */
export type ErrorRow = {
	/** Absent where Meta documents the other number alone. */
	code?: number;
	/** Without a code, it means the same wherever it stands: beside any code, or as a code. */
	subcode?: number;
	/** With both numbers: either of them says it, the subcode beside other codes, too. */
	anywhere?: true;
	/** Meta's `type`, where the numbers alone do not tell. */
	type?: string;
	/** A piece of Meta's `message`, where nothing else tells; only in `rows/sameNumbers.ts`, which says why. */
	says?: string;
	retry: Retry;
	/** Too many calls: Meta did not carry this one out, and takes no others for a time. */
	limits?: LimitScope;
	/** One sentence: what happened. */
	message: string;
	/** What to do next; `advice.ts` fills what stands in braces. One that begins with `{reconnect}` is cured by a new login. */
	fix: string;
};

/** Rows that go back to one page of Meta: the one that lists them, or that of the calls which answer them. */
export type Chapter = { page: string; rows: ErrorRow[] };
