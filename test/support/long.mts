/** Everything has its full length; each push runs a tenth of what is random, four months of a year, and not all files. */
export const isLong = Boolean(process.env.LONG_TESTS);

/** Runs of a random test: all of them with `npm run test:long`. @param few with each push */
export function runs(all: number, few = Math.ceil(all / 10)): number {
	return isLong ? all : few;
}

/** End-to-end files that take long and seldom find anything: `npm run test:long` runs them, and so does naming them. */
export const LONG_ONLY = [
	'test/canary/planted.test.mts',
	'test/e2e/memory.test.mts',
	'test/n8n/clock.test.mts',
	'test/n8n/drive.test.mts',
];
