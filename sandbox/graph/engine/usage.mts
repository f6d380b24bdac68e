import type { CountedCall, ThrottleCode, Usage } from '../../context/usage.mts';
import { GraphError } from './errors.mts';

type Throttle = {
	code: ThrottleCode;
	accountId?: string;
	/** End, in ms of the sandbox's clock. */
	until: number;
};

/** 200 calls per hour and daily active user, with 5,000 of them. */
const APP_CALLS_PER_HOUR = 1_000_000;

/** 4800 calls per day and impression, with 10,000 of them. */
const ACCOUNT_CALLS_PER_HOUR = 2_000_000;

const WINDOW_MINUTES = 60;

const isMessaging = (call: CountedCall): boolean =>
	/\/(messages|conversations|message_attachments|messenger_profile)$/.test(call.path);

const applies = (throttle: Throttle, call: CountedCall): boolean => {
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
const typeOf = (call: CountedCall): 'messenger' | 'instagram' => (isMessaging(call) ? 'messenger' : 'instagram');

/** Calls with the tokens of a Page or of an account count for the account alone. */
const countsForApp = ({ token }: CountedCall): boolean => token?.kind !== 'page' && token?.kind !== 'instagram';

const minutesLeft = (throttle: Throttle, now: number): number =>
	Math.max(1, Math.ceil((throttle.until - now) / 60_000));

const minuteOf = (ms: number): number => Math.floor(ms / 60_000);

/** Nothing counted, nothing throttled. */
export function createUsage(): Usage {
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
	const keyOf = (account: { id: string }, call: CountedCall): string => `${account.id} ${typeOf(call)}`;
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
	const active = (call: CountedCall): { code: ThrottleCode; minutes: number } | undefined => {
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
	const businessUsage = (call: CountedCall, account: { id: string }): Record<string, string> => {
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
			const isInstagram = call.token?.kind === 'instagram';
			const percent = isAppsLimit ? 100 : isInstagram ? (percents.get('app') ?? 0) : counted;
			const share = { call_count: percent, total_cputime: percent, total_time: percent };
			// graph.instagram.com has names of its own, and leaves the header out at no time (reported from live use).
			const usage = isInstagram ? { call_volume: percent, cpu_time: percent } : share;
			return {
				...((percent >= 1 || isInstagram) && { 'x-app-usage': JSON.stringify(usage) }),
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
}
