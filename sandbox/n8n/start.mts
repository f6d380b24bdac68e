import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { fetch } from 'undici';
import { n8nEnvironment } from './environment.mts';
import { follow, tail } from './log.mts';
import { installPackage } from './package.mts';
import { nodeFor, versionIn } from './versions.mts';

const BOOT_TIMEOUT_MS = 120_000;
const POLL_MS = 100;
// n8n gives running executions 30 seconds before it exits by itself.
const STOP_TIMEOUT_MS = 35_000;
const OLDEST_NODE = 24;

/** n8n's commands: all of n8n in one process, or one of the parts of queue mode. */
type N8nCommand = 'start' | 'webhook' | 'worker';

/** How to start one n8n. */
export type StartOptions = {
	/** Default: `start`. The parts of queue mode are put together in `queue.mts`. */
	command?: N8nCommand;
	/** Folder from `installN8n`. */
	n8nDir: string;
	/** Root of the built community package to load. */
	packageDir: string;
	/** n8n's home for this instance: database, key, log. Created with mode 700 when missing. */
	userFolder: string;
	/** Default: a free port. */
	port?: number;
	/** Overrides of n8n's environment; `undefined` removes a variable. */
	env?: Record<string, string | undefined>;
	/** Receives n8n's output line by line; it goes to the log file in any case. */
	onLog?: (line: string) => void;
};

/** One n8n and how it was started: enough to go on with it in another part of the program. */
export type N8nInstance = {
	readonly options: StartOptions;
	readonly packageName: string;
	readonly env: Record<string, string>;
	readonly port: number;
	readonly logFile: string;
	/** The latest process. */
	child: ChildProcess;
	/** Milliseconds from spawn to ready, of the latest start. */
	bootMs: number;
};

/** A running n8n. */
export type RunningN8n = {
	readonly instance: N8nInstance;
	/** Base URL without a trailing slash. */
	readonly url: string;
	readonly port: number;
	/** Process id; changes with `restart`. */
	readonly pid: number;
	readonly userFolder: string;
	/** Everything n8n printed, over all restarts. */
	readonly logFile: string;
	/** Milliseconds from spawn to ready, of the latest start. */
	readonly bootMs: number;
	/** Full type of a node of the package: `<package>.<name>`. */
	packageType(name: string): string;
	/** Ends n8n gracefully; resolves when the process is gone. Does nothing when it is. */
	stop(): Promise<void>;
	/** `stop` (or nothing, after `kill`) and start again with the same folder, ports and environment. */
	restart(): Promise<void>;
	/** Ends n8n at once, as a crash would. */
	kill(): Promise<void>;
};

/**
 * Starts n8n with the package loaded and waits until it serves. It ends with this process.
 * @throws Error with the end of n8n's log when it exits early or is not ready within 120 seconds
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	assertNodeVersion(options.n8nDir);
	await mkdir(options.userFolder, { recursive: true, mode: 0o700 });
	await chmod(options.userFolder, 0o700);
	const packageName = await installPackage(options.packageDir, options.userFolder);
	const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
	const brokerPort = await getPort({ host: '127.0.0.1' });
	const logFile = join(options.userFolder, 'n8n.log');
	const env = n8nEnvironment({
		n8nDir: options.n8nDir,
		userFolder: options.userFolder,
		port,
		brokerPort,
		env: options.env,
	});
	const launched = await launch({ options, packageName, env, port, logFile });
	return runningN8n({ options, packageName, env, port, logFile, ...launched });
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

async function launch({
	options,
	env,
	port,
	logFile,
}: Omit<N8nInstance, 'child' | 'bootMs'>): Promise<Pick<N8nInstance, 'child' | 'bootMs'>> {
	const startedAt = Date.now();
	const child = spawnN8n(options, env, logFile);
	if (options.onLog) child.once('close', follow(logFile, options.onLog));
	await untilReady(child, urlOf(port), logFile, options.command ?? 'start');
	return { child, bootMs: Date.now() - startedAt };
}

/** Goes on with an n8n that this process started. */
export function runningN8n(instance: N8nInstance): RunningN8n {
	const { logFile, options, packageName, port } = instance;
	return {
		instance,
		url: urlOf(port),
		port,
		userFolder: options.userFolder,
		logFile,
		get pid() {
			return instance.child.pid ?? 0;
		},
		get bootMs() {
			return instance.bootMs;
		},
		packageType: (name) => `${packageName}.${name}`,
		stop: async () => await end(instance.child, 'SIGTERM'),
		kill: async () => await end(instance.child, 'SIGKILL'),
		async restart() {
			await end(instance.child, 'SIGTERM');
			Object.assign(instance, await launch(instance));
		},
	};
}

/** True when the process of an n8n is gone. */
export function isGone({ child }: N8nInstance): boolean {
	return hasExited(child);
}

function assertNodeVersion(n8nDir: string): void {
	if (nodeFor(n8nDir) !== process.execPath || Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return;
	throw new Error(
		`n8n ${versionIn(n8nDir)} runs on Node ${OLDEST_NODE} here, but this is Node ${process.versions.node}. ` +
			'Start through "npm start" or "npm test", or use node_modules/.bin/node.',
	);
}

function spawnN8n(options: StartOptions, env: Record<string, string>, logFile: string): ChildProcess {
	const lifeline = fileURLToPath(new URL('lifeline.cjs', import.meta.url));
	const n8n = join(options.n8nDir, 'node_modules', 'n8n', 'bin', 'n8n');
	const log = openSync(logFile, 'a', 0o600);
	// The file itself, not a pipe through this process: n8n never ends when it cannot print that it is ending.
	const child = spawn(nodeFor(options.n8nDir), ['--require', lifeline, n8n, options.command ?? 'start'], {
		cwd: options.userFolder,
		env,
		stdio: ['pipe', log, log],
	});
	closeSync(log);
	child.stdin?.on('error', () => {}); // n8n is gone; `close` tells the story
	return child;
}

async function untilReady(child: ChildProcess, url: string, logFile: string, command: N8nCommand): Promise<void> {
	const deadline = Date.now() + BOOT_TIMEOUT_MS;
	let spawnError: Error | undefined;
	child.once('error', (error) => (spawnError = error));
	while (!(await isReady(url, command))) {
		if (spawnError) throw new Error(`n8n could not be started: ${spawnError.message}`);
		if (hasExited(child)) {
			const how = child.signalCode ?? `code ${child.exitCode}`;
			throw new Error(`n8n exited early (${how}). End of ${logFile}:\n${await tail(logFile)}`);
		}
		if (Date.now() > deadline) {
			await end(child, 'SIGKILL');
			const limit = `${BOOT_TIMEOUT_MS / 1000} s`;
			throw new Error(`n8n was not ready within ${limit}. End of ${logFile}:\n${await tail(logFile)}`);
		}
		await delay(POLL_MS);
	}
}

// `/healthz/readiness` means the database is migrated; REST routes are registered a little later, and an
// unknown route answers with HTML or 404. An anonymous GET of /rest/login is 401 once the route exists. The
// parts of queue mode have no REST routes; they call themselves ready when they serve.
async function isReady(url: string, command: N8nCommand): Promise<boolean> {
	const signal = AbortSignal.timeout(5_000);
	try {
		const readiness = await fetch(`${url}/healthz/readiness`, { signal });
		await readiness.body?.cancel();
		if (readiness.status !== 200 || command !== 'start') return readiness.status === 200;
		const login = await fetch(`${url}/rest/login`, { signal, headers: { 'browser-id': 'start' } });
		await login.body?.cancel();
		return login.status === 401;
	} catch {
		return false;
	}
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (hasExited(child)) return;
	const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
	child.kill(signal);
	const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
	await closed;
	clearTimeout(force);
}

function hasExited(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}
