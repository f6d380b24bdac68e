import type { Account } from '../../world/types.mts';
import type { Call } from './call.mts';
import { GraphError } from './errors.mts';

/** Throttling codes that the sandbox can be told to answer (section 9.3). */
export const THROTTLE_CODES = [4, 17, 32, 613, 80001, 80002, 80006] as const;
export type ThrottleCode = (typeof THROTTLE_CODES)[number];

interface Throttle {
	code: ThrottleCode;
	accountId?: string;
	/** End, in ms of the sandbox's clock. */
	until: number;
}

/** Call counts, limits, set percentages and throttles of a sandbox. */
export interface Usage {
	throttle(code: ThrottleCode, accountId: string | undefined, until: number): void;
	clearThrottles(): void;
	/** Fix the percentage shown for the app or for an account; undefined goes back to counting. */
	setPercent(key: 'app' | string, percent: number | undefined): void;
	/** Calls in a rolling hour that the app, or an account for each kind of call, may make; undefined goes back to the default. */
	setLimit(key: 'app' | string, callsPerHour: number | undefined): void;
	/** Count a call, refused ones too: who calls on waits longer. */
	count(call: Call): void;
	/** Throw the throttling error that applies to a call, if any. */
	check(call: Call): void;
	headers(call: Call): Record<string, string>;
	/** Enforce a rate per second on a key; false when it is exceeded. */
	withinRate(key: string, perSecond: number): boolean;
	clear(): void;
}

/** 200 calls per hour and daily active user, with 5,000 of them. */
const APP_CALLS_PER_HOUR = 1_000_000;

/** 4800 calls per day and impression, with 10,000 of them. */
const ACCOUNT_CALLS_PER_HOUR = 2_000_000;

const WINDOW_MINUTES = 60;

const isMessaging = (call: Call): boolean =>
	/\/(messages|conversations|message_attachments|messenger_profile)$/.test(call.path);

const applies = (throttle: Throttle, call: Call): boolean => {
	if (throttle.accountId !== undefined && throttle.accountId !== call.account?.id) return false;
	switch (throttle.code) {
		case 4:
			return true;
		case 17:
			return call.token?.kind === 'user' || call.token?.kind === 'instagram';
		case 32:
			return call.token?.kind === 'user' && call.world.pages.has(call.path.split('/')[1]);
		case 80001:
			return call.world.pages.has(call.path.split('/')[1]) && !isMessaging(call);
		case 613:
		case 80006:
			return isMessaging(call);
		case 80002:
			return call.account !== undefined && !isMessaging(call);
	}
};

const businessType = (code: ThrottleCode): string =>
	code === 80006 ? 'messenger' : code === 80001 ? 'pages' : 'instagram';

/** Meta counts what has to do with messages apart from the rest. */
const typeOf = (call: Call): 'messenger' | 'instagram' => (isMessaging(call) ? 'messenger' : 'instagram');

/** Calls with the tokens of a Page or of an account count for the account alone. */
const countsForApp = ({ token }: Call): boolean => token?.kind !== 'page' && token?.kind !== 'instagram';

const minutesLeft = (throttle: Throttle, now: number): number =>
	Math.max(1, Math.ceil((throttle.until - now) / 60_000));

const minuteOf = (ms: number): number => Math.floor(ms / 60_000);

/** Nothing counted, nothing throttled. */
export const createUsage = (): Usage => {
	let throttles: Throttle[] = [];
	const percents = new Map<string, number>();
	const limits = new Map<string, number>();
	/** Calls per key and minute, so that a load test does not carry every single time along. */
	const counted = new Map<string, Map<number, number>>();
	const rates = new Map<string, number[]>();

	/** Calls in the window that ends a number of minutes from now. */
	const callsOf = (key: string, now: number, ahead = 0): number => {
		const oldest = minuteOf(now) + ahead - WINDOW_MINUTES + 1;
		let calls = 0;
		for (const [minute, count] of counted.get(key) ?? []) {
			if (minute < minuteOf(now) - WINDOW_MINUTES) counted.get(key)?.delete(minute);
			else if (minute >= oldest) calls += count;
		}
		return calls;
	};
	const limitOf = (owner: string): number =>
		limits.get(owner) ?? (owner === 'app' ? APP_CALLS_PER_HOUR : ACCOUNT_CALLS_PER_HOUR);
	const keyOf = (account: Account, call: Call): string => `${account.id} ${typeOf(call)}`;
	const percentOf = (owner: string, key: string, now: number): number =>
		percents.get(owner) ?? Math.min(100, Math.floor((callsOf(key, now) / limitOf(owner)) * 100));
	/** Minutes until a spent budget has room again; undefined while it has some. */
	const spentFor = (owner: string, key: string, now: number): number | undefined => {
		if (callsOf(key, now) < limitOf(owner)) return undefined;
		for (let minutes = 1; minutes < WINDOW_MINUTES; minutes += 1)
			if (callsOf(key, now, minutes) < limitOf(owner)) return minutes;
		return WINDOW_MINUTES;
	};
	/** A throttle that was asked for, or that of a budget that is spent. */
	const active = (call: Call): { code: ThrottleCode; minutes: number } | undefined => {
		const now = call.world.clock.now();
		throttles = throttles.filter((throttle) => throttle.until > now);
		const asked = throttles.find((throttle) => applies(throttle, call));
		if (asked) return { code: asked.code, minutes: minutesLeft(asked, now) };
		const { account } = call;
		const minutes = account && spentFor(account.id, keyOf(account, call), now);
		if (minutes) return { code: isMessaging(call) ? 80006 : 80002, minutes };
		const appMinutes = countsForApp(call) ? spentFor('app', 'app', now) : undefined;
		return appMinutes ? { code: 4, minutes: appMinutes } : undefined;
	};
	/** What Meta tells about the account of a call: nothing until a hundredth is used up. */
	const businessUsage = (call: Call, account: Account): Record<string, string> => {
		const throttle = active(call);
		const limited = throttle && throttle.code >= 80000 ? throttle : undefined;
		const now = call.world.clock.now();
		const percent = limited ? 100 : percentOf(account.id, keyOf(account, call), now);
		if (percent < 1) return {};
		const row = {
			type: limited ? businessType(limited.code) : typeOf(call),
			call_count: percent,
			total_cputime: percent,
			total_time: percent,
			estimated_time_to_regain_access: limited?.minutes ?? 0,
		};
		return { 'x-business-use-case-usage': JSON.stringify({ [account.id]: [row] }) };
	};

	return {
		throttle: (code, accountId, until) => void throttles.push({ code, accountId, until }),
		clearThrottles: () => {
			throttles = [];
		},
		setPercent: (key, percent) => void (percent === undefined ? percents.delete(key) : percents.set(key, percent)),
		setLimit: (key, calls) => void (calls === undefined ? limits.delete(key) : limits.set(key, calls)),
		count(call) {
			const minute = minuteOf(call.world.clock.now());
			const keys = [...(countsForApp(call) ? ['app'] : []), ...(call.account ? [keyOf(call.account, call)] : [])];
			for (const key of keys) {
				const minutes = counted.get(key) ?? new Map<number, number>();
				minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
				counted.set(key, minutes);
			}
		},
		check(call) {
			const throttle = active(call);
			if (!throttle) return;
			throw new GraphError({
				code: throttle.code,
				subcode: throttle.code === 613 ? 2534040 : undefined,
				status: throttle.code === 4 ? 403 : 400,
				transient: throttle.code === 613 ? undefined : true,
				message: `(#${throttle.code}) Too many calls; wait before calling again`,
			});
		},
		headers(call) {
			const limited = active(call);
			const isAppsLimit = limited !== undefined && limited.code < 80000;
			const counted = countsForApp(call) ? percentOf('app', 'app', call.world.clock.now()) : 0;
			const percent = isAppsLimit ? 100 : counted;
			const share = { call_count: percent, total_cputime: percent, total_time: percent };
			return {
				...(percent >= 1 && { 'x-app-usage': JSON.stringify(share) }),
				...(call.account && businessUsage(call, call.account)),
			};
		},
		withinRate(key, perSecond) {
			const now = Date.now();
			const recent = (rates.get(key) ?? []).filter((time) => now - time < 1_000);
			recent.push(now);
			rates.set(key, recent);
			return perSecond === 0 || recent.length <= perSecond;
		},
		clear() {
			throttles = [];
			percents.clear();
			limits.clear();
			counted.clear();
			rates.clear();
		},
	};
};
