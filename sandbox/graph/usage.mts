import type { Account } from '../world/types.mts';
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

/** Call counts, set percentages and throttles of a sandbox. */
export interface Usage {
	throttle(code: ThrottleCode, accountId: string | undefined, until: number): void;
	clearThrottles(): void;
	/** Fix the percentage shown for the app or for an account; undefined goes back to counting. */
	setPercent(key: 'app' | string, percent: number | undefined): void;
	count(call: Call): void;
	/** Throw the throttling error that applies to a call, if any. */
	check(call: Call): void;
	headers(call: Call): Record<string, string>;
	/** Enforce a rate per second on a key; false when it is exceeded. */
	withinRate(key: string, perSecond: number): boolean;
	clear(): void;
}

/** Calls per hour that count as 100 percent: 200 per daily active user, with 50 of them. */
const CALLS_PER_HOUR = 10_000;

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

const minutesLeft = (throttle: Throttle, now: number): number =>
	Math.max(1, Math.ceil((throttle.until - now) / 60_000));

const minuteOf = (ms: number): number => Math.floor(ms / 60_000);

/** Nothing counted, nothing throttled. */
export const createUsage = (): Usage => {
	let throttles: Throttle[] = [];
	const percents = new Map<string, number>();
	/** Calls per key and minute, so that a load test does not carry every single time along. */
	const counted = new Map<string, Map<number, number>>();
	const rates = new Map<string, number[]>();

	const percentOf = (key: string, now: number): number => {
		const fixed = percents.get(key);
		if (fixed !== undefined) return fixed;
		const oldest = minuteOf(now) - 59;
		let calls = 0;
		for (const [minute, count] of counted.get(key) ?? []) {
			if (minute < oldest) counted.get(key)?.delete(minute);
			else calls += count;
		}
		return Math.min(100, Math.floor((calls / CALLS_PER_HOUR) * 100));
	};
	const active = (call: Call): Throttle | undefined => {
		const now = call.world.clock.now();
		throttles = throttles.filter((throttle) => throttle.until > now);
		return throttles.find((throttle) => applies(throttle, call));
	};
	const businessUsage = (call: Call, account: Account): string => {
		const now = call.world.clock.now();
		const throttle = active(call);
		const limited = throttle && throttle.code >= 80000 ? throttle : undefined;
		const percent = limited ? 100 : percentOf(account.id, now);
		const row = {
			type: limited ? businessType(limited.code) : isMessaging(call) ? 'messenger' : 'instagram',
			call_count: percent,
			total_cputime: percent,
			total_time: percent,
			estimated_time_to_regain_access: limited ? minutesLeft(limited, now) : 0,
		};
		return JSON.stringify({ [account.id]: [row] });
	};

	return {
		throttle: (code, accountId, until) => void throttles.push({ code, accountId, until }),
		clearThrottles: () => {
			throttles = [];
		},
		setPercent: (key, percent) =>
			void (percent === undefined ? percents.delete(key) : percents.set(key, percent)),
		count(call) {
			const minute = minuteOf(call.world.clock.now());
			for (const key of ['app', ...(call.account ? [call.account.id] : [])]) {
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
			const now = call.world.clock.now();
			const limited = active(call);
			const percent = limited && limited.code < 80000 ? 100 : percentOf('app', now);
			const headers: Record<string, string> = {
				'x-app-usage': JSON.stringify({
					call_count: percent,
					total_cputime: percent,
					total_time: percent,
				}),
			};
			if (call.account) headers['x-business-use-case-usage'] = businessUsage(call, call.account);
			return headers;
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
			counted.clear();
			rates.clear();
		},
	};
};
