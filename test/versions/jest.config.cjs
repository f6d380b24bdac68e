const {
	projects: [engine],
	...settings
} = require('../../jest.config.cjs');

/** What needs several versions of n8n, apart from the tests that run on one. @type {import('jest').Config} */
module.exports = {
	...settings,
	...engine,
	displayName: 'versions',
	rootDir: '../..',
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/queue/'],
};
