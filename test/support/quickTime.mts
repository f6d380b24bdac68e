/**
 * Time that passes ten times as fast in the file that imports this first: its clock and all its timers, and so the waits of
 * the node, of n8n's engine and of the sandbox, which all run in this process. What one of them reads off the clock stays
 * true for the others; only the work itself seems ten times slower. Not for tests in which nothing must happen for a while.
 */
const TIMES = 10;

const { Date: RealDate, setInterval: realInterval, setTimeout: realTimeout } = globalThis;
const begun = RealDate.now();
const now = () => Math.floor(begun + (RealDate.now() - begun) * TIMES);

globalThis.Date = new Proxy(RealDate, {
	construct: (real, args, target) => Reflect.construct(real, args.length === 0 ? [now()] : args, target) as object,
	get: (real, key) => (key === 'now' ? now : (Reflect.get(real, key) as unknown)),
});
globalThis.setTimeout = Object.assign(
	(run: () => void, ms = 0, ...args: []) => realTimeout(run, ms / TIMES, ...args),
	realTimeout,
);
globalThis.setInterval = Object.assign(
	(run: () => void, ms = 0, ...args: []) => realInterval(run, ms / TIMES, ...args),
	realInterval,
);

export {};
