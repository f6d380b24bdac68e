'use strict';

const childProcess = require('node:child_process');
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const vm = require('node:vm');
const FakeTimers = require('@sinonjs/fake-timers');

// Loaded into n8n, its workers and its task runners through NODE_OPTIONS. Moves `Date` by the milliseconds that
// the file N8N_SANDBOX_CLOCK holds; timers stay real.
const FILE = process.env.N8N_SANDBOX_CLOCK;
const LOOK_EVERY_MS = 20;

const systemTime = Date.now;
let offset = 0;
let lookedAt = -Infinity;

// Looking when the time is asked for needs no timer: nobody ever sees a time that is older than 20 ms, however
// busy the process is, and nothing keeps it alive.
function now() {
	if (performance.now() - lookedAt >= LOOK_EVERY_MS) {
		offset = Number(readFileSync(FILE, 'utf8'));
		lookedAt = performance.now();
	}
	return systemTime() + offset;
}

if (FILE) {
	const clock = FakeTimers.install({ toFake: ['Date'] });
	// The library's own way to let time pass adds what an interval should have waited, and so falls behind.
	Object.defineProperty(clock, 'now', { get: now });

	// A Code node runs in a context of its own, which brings a `Date` of its own.
	const { createContext } = vm;
	vm.createContext = (...args) => Object.assign(createContext(...args), { Date });

	// n8n starts its task runner with a short list of variables; without these two the runner would not follow.
	const { spawn } = childProcess;
	childProcess.spawn = (command, args, options) =>
		spawn(command, args, options?.env ? { ...options, env: { ...options.env, ...inherited(options.env) } } : options);
}

function inherited({ NODE_OPTIONS = '' }) {
	return { N8N_SANDBOX_CLOCK: FILE, NODE_OPTIONS: `${NODE_OPTIONS} --require ${JSON.stringify(__filename)}`.trim() };
}
