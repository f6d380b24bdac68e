'use strict';

const { isMainThread } = require('node:worker_threads');

// Loaded into n8n with `--require`. Its standard input is a pipe held by the process that started it; when
// that process is gone, for whatever reason, the pipe ends and n8n shuts down. Signal handlers in the parent
// could not promise that: nothing runs after a SIGKILL. Worker threads inherit `--require` but have an empty
// standard input of their own, which must not count.
if (isMainThread) {
	const end = () => {
		// Longer than the 30 seconds n8n gives its running executions.
		setTimeout(() => process.kill(process.pid, 'SIGKILL'), 40_000).unref();
		process.kill(process.pid, 'SIGTERM');
	};
	process.stdin.once('end', end).once('error', end).resume();
	process.stdin.unref?.();
}
