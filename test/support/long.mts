/** Random tests have their full length; each push runs a tenth of it. */
export const isLong = Boolean(process.env.LONG_TESTS);

/** Runs of a random test: all of them with `npm run test:long`. */
export const runs = (all: number): number => (isLong ? all : Math.ceil(all / 10));
