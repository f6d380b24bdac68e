const {
	projects: [engine],
	...settings
} = require('../../jest.config.cjs');

/** What needs PostgreSQL and Redis, apart from the tests that run anywhere. @type {import('jest').Config} */
module.exports = {
	...settings,
	...engine,
	displayName: 'queue',
	rootDir: '../..',
	testMatch: ['<rootDir>/test/queue/**/*.test.mts'],
	testPathIgnorePatterns: ['/node_modules/'],
};
