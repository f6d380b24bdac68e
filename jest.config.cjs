const tests = (...folders) => folders.map((folder) => `<rootDir>/test/${folder}`);

/** What all tests have in common. */
const base = {
	testEnvironment: 'node',
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'cjs', 'js', 'json', 'node'],
	// Everything becomes CommonJS for the tests: n8n-core and nock are CommonJS, and so is what ships.
	transform: {
		'\\.(m?ts|mjs)$': [
			'@swc/jest',
			{
				jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	// The second holds package.json files of one name, of which jest would complain at each start.
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/sandbox/n8n/versions/'],
	transformIgnorePatterns: ['/node_modules/'],
	setupFiles: ['reflect-metadata'],
};

/** @type {import('jest').Config} */
module.exports = {
	testSequencer: '<rootDir>/test/e2e/sequencer.cjs',
	testTimeout: 30_000,
	// Tests that run side by side sleep most of the time.
	maxConcurrency: 16,
	projects: [
		{
			...base,
			displayName: 'engine',
			testMatch: tests('**/*.test.mts'),
			// The next project has some of these; the others need PostgreSQL and Redis ("npm run test:queue"), or several versions
			// of n8n ("npm run test:versions").
			testPathIgnorePatterns: ['/node_modules/', ...tests('e2e/', 'n8n/', 'canary/', 'queue/', 'versions/')],
		},
		// A real n8n, or a child process that stands in for it.
		{
			...base,
			displayName: 'e2e',
			testEnvironment: '<rootDir>/test/e2e/environment.cjs',
			testMatch: tests('e2e/**/*.test.mts', 'n8n/**/*.test.mts', 'canary/**/*.test.mts'),
		},
	],
};
