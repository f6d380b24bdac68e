/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	// Those need PostgreSQL and Redis ("npm run test:queue"), or several versions of n8n ("npm run test:versions").
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/queue/', '<rootDir>/test/versions/'],
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
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transformIgnorePatterns: ['/node_modules/'],
	testTimeout: 30_000,
	setupFiles: ['reflect-metadata'],
};
