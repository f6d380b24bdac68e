import type { Token } from '../world/tokens.mts';
import type { Account } from '../world/types.mts';
import type { World } from '../world/world.mts';

/**
 * Throttling codes that the sandbox can be told to answer.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export const THROTTLE_CODES = [4, 17, 32, 613, 80001, 80002, 80006] as const;

/** One of them. */
export type ThrottleCode = (typeof THROTTLE_CODES)[number];

/** What counting has to know of a call. */
export type CountedCall = {
	world: Pick<World, 'clock' | 'pages'>;
	/** Path below the version, with a leading slash. */
	path: string;
	token?: Pick<Token, 'kind'>;
	/** The account the call is about. */
	account?: Pick<Account, 'id'>;
};

/** Call counts, limits, set percentages and throttles of a sandbox. */
export type Usage = {
	throttle(code: ThrottleCode, accountId: string | undefined, until: number): void;
	clearThrottles(): void;
	/** Fix the percentage shown for the app or for an account; undefined goes back to counting. */
	setPercent(key: 'app' | string, percent: number | undefined): void;
	/** Calls in a rolling hour that the app, or an account for each kind of call, may make; undefined goes back to the default. */
	setLimit(key: 'app' | string, callsPerHour: number | undefined): void;
	/** Count a call, refused ones too: who calls on waits longer. */
	count(call: CountedCall): void;
	/** Throw the throttling error that applies to a call, if any. */
	check(call: CountedCall): void;
	headers(call: CountedCall): Record<string, string>;
	/** Enforce a rate per second on a key; false when it is exceeded. */
	withinRate(key: string, perSecond: number): boolean;
	clear(): void;
};
