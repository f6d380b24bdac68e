// npm run test:long [-- arguments of jest]: as npm test, with everything at its full length.
process.env.LONG_TESTS = '1';
await import('./run.mts');
