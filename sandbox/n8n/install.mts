import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import envPaths from 'env-paths';
import {
	createStaging,
	hashOfSource,
	isComplete,
	markComplete,
	publish,
	remove,
	sweepStaging,
} from './installFolder.mts';
import { elapsed, showProgress } from './progress.mts';
import { sourceOf, wantedVersion } from './versions.mts';

const TAIL_LINES = 25;

/** What to install and where; the defaults are the n8n that is asked for and the user's cache folder. */
export type InstallOptions = {
	/** Folder with `package.json`, and `package-lock.json` where the dependencies are locked. */
	sourceDir?: string;
	/** Folder that holds one sub-folder per lock file. */
	cacheDir?: string;
	/** Packages whose install scripts are needed; all other scripts stay off. */
	rebuild?: string[];
};

/** The folder n8n is, or will be, installed in. */
export async function n8nFolder(options: InstallOptions = {}): Promise<string> {
	const { sourceDir, cacheDir } = withDefaults(options);
	return join(cacheDir, `n8n-${(await hashOfSource(sourceDir)).slice(0, 16)}`);
}

/**
 * Makes sure n8n is installed in the user's cache and returns its folder. The first time takes
 * about five minutes; afterwards it is a matter of milliseconds. Safe to run several times at once.
 * @param report receives progress as whole lines (default: standard error, one updating line on a terminal)
 * @throws Error with the npm log's path and its last lines when npm fails
 */
export async function installN8n(report?: (line: string) => void, options: InstallOptions = {}): Promise<string> {
	const { sourceDir, cacheDir, rebuild } = withDefaults(options);
	const lockHash = await hashOfSource(sourceDir);
	const final = await n8nFolder(options);
	if (await isComplete(final, lockHash)) return final;

	await mkdir(cacheDir, { recursive: true });
	await sweepStaging(cacheDir);
	const staging = await createStaging(cacheDir);
	const logFile = join(tmpdir(), `n8n-install-${basename(staging).slice('.staging-'.length)}.log`);
	const startedAt = Date.now();
	const progress = showProgress(staging, report);
	try {
		for (const file of ['package.json', 'package-lock.json'].filter((name) => existsSync(join(sourceDir, name)))) {
			await copyFile(join(sourceDir, file), join(staging, file));
		}
		progress.phase('Installing n8n (once, about 5 minutes)');
		// `npm ci` refuses this lock: some optional platform packages cannot be resolved everywhere.
		// The lock was verified with legacy-peer-deps, so the user's own setting must not change the tree.
		await npm(
			['install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--no-save'],
			staging,
			logFile,
		);
		if (rebuild.length > 0) {
			progress.phase(`Building ${rebuild.join(', ')}`);
			await npm(['rebuild', '--ignore-scripts=false', '--foreground-scripts', ...rebuild], staging, logFile);
		}
		await markComplete(staging, lockHash);
		await publish(staging, final, lockHash);
		await remove(logFile);
		progress.stop(`n8n installed in ${elapsed(startedAt)}: ${final}`);
	} catch (error) {
		await remove(staging);
		throw error;
	} finally {
		progress.stop();
	}
	return final;
}

function withDefaults(options: InstallOptions): Required<InstallOptions> {
	const sourceDir = options.sourceDir ?? sourceOf(wantedVersion());
	return {
		sourceDir,
		cacheDir: options.cacheDir ?? envPaths('n8n-nodes-instagram-platform', { suffix: '' }).cache,
		rebuild: options.rebuild ?? ['sqlite3', ...(bringsNode(sourceDir) ? ['node'] : [])],
	};
}

/** An n8n that does not run on our Node brings its own, whose install script fetches the binary. */
function bringsNode(sourceDir: string): boolean {
	const { dependencies = {} } = JSON.parse(readFileSync(join(sourceDir, 'package.json'), 'utf8')) as {
		dependencies?: Record<string, string>;
	};
	return 'node' in dependencies;
}

async function npm(args: string[], cwd: string, logFile: string): Promise<void> {
	const { command, prefix, shell } = npmCommand();
	const log = openSync(logFile, 'a');
	const code = await new Promise<number | string>((resolve) => {
		// Under `npm test --silent` npm would say nothing, also when it fails.
		const child = spawn(command, [...prefix, ...args, '--loglevel=notice'], {
			cwd,
			shell,
			stdio: ['ignore', log, log],
		});
		child.once('error', (error) => resolve(error.message));
		child.once('close', (exitCode, signal) => resolve(exitCode ?? `signal ${signal}`));
	});
	closeSync(log);
	if (code === 0) return;
	const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-TAIL_LINES);
	throw new Error(
		[
			`Could not install n8n: "npm ${args[0]}" ended with ${code}.`,
			'Check the network, the free disk space (about 4 GB) and, if sqlite3 was being built, a C++ compiler.',
			`The whole log is ${logFile}; its last lines:`,
			...lines.map((line) => `  ${line}`),
		].join('\n'),
	);
}

// Under `npm start` npm says where it is; that copy is certain to exist, the one on the PATH may not.
function npmCommand(): { command: string; prefix: string[]; shell: boolean } {
	const script = process.env.npm_execpath;
	if (script !== undefined && /npm-cli\.c?js$/.test(script)) {
		return { command: process.execPath, prefix: [script], shell: false };
	}
	const windows = process.platform === 'win32';
	return { command: windows ? 'npm.cmd' : 'npm', prefix: [], shell: windows };
}
