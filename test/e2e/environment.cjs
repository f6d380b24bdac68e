// The environment of tests with a real n8n. What stands here outlives a test file: jest loads it once in each worker.
const { rmSync } = require('node:fs');
const { TestEnvironment } = require('jest-environment-node');

/** Instances of n8n that nobody uses at the moment (`sharedN8n.mts`). */
const parked = [];

// The lifeline of each n8n ends with this process; its folder does not.
process.on('exit', () => {
	for (const { child, options } of parked) {
		child.kill('SIGKILL');
		rmSync(options.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
});
// What jest sends to a worker that is slow to end; by itself it would skip the above.
process.once('SIGTERM', () => process.exit(143));

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.parkedN8n = parked;
	}
};
