// npm run test:long [-- arguments of jest]: as npm test, with random tests at their full length.
process.env.LONG_TESTS = '1';
await import('./run.mts');
