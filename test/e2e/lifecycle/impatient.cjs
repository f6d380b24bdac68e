'use strict';

const { existsSync } = require('node:fs');

// Loaded into n8n through NODE_OPTIONS. As long as the file IMPATIENT exists, n8n waits a second for a test event
// instead of two minutes: no setting of n8n says how long.
const TEST_WEBHOOK_TIMEOUT_MS = 120_000;
const setTimer = globalThis.setTimeout;

globalThis.setTimeout = Object.assign(
	(run, ms, ...more) => setTimer(run, ms === TEST_WEBHOOK_TIMEOUT_MS && existsSync(process.env.IMPATIENT) ? 1_000 : ms, ...more),
	setTimer,
);
