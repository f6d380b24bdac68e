import { access, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const TTY_INTERVAL_MS = 1_000;
const LINE_INTERVAL_MS = 15_000;
const MEGABYTE = 1024 * 1024;

/** A running progress display; `stop` ends it, with a last line if there is something to say. */
export type Progress = {
	phase(name: string): void;
	stop(lastLine?: string): void;
};

/**
 * Shows phase, elapsed time, unpacked packages and disk space while a folder fills up: one updating line
 * on a terminal, otherwise a line every 15 seconds.
 * @param report receives whole lines; when it is given, no terminal tricks are used
 */
export function showProgress(folder: string, report?: (line: string) => void): Progress {
	const live = report === undefined && process.stderr.isTTY === true;
	const print = report ?? ((line: string) => process.stderr.write(live ? `\r\x1b[2K${line}` : `${line}\n`));
	const startedAt = Date.now();
	let current = 'Preparing';
	let stopped = false;
	let busy = false;
	let freeAtStart: number | undefined;

	async function tick(): Promise<void> {
		if (busy) return;
		busy = true;
		const [packages, free] = await Promise.all([countPackages(folder), freeMegabytes(folder)]);
		freeAtStart ??= free;
		busy = false;
		if (stopped) return;
		const used = Math.max(0, Math.round((freeAtStart ?? 0) - (free ?? 0)));
		print(`${current}: ${elapsed(startedAt)}, ${packages} packages, about ${used} MB on disk`);
	}

	const timer = setInterval(() => void tick(), live ? TTY_INTERVAL_MS : LINE_INTERVAL_MS);
	void tick();
	return {
		phase(name) {
			current = name;
			void tick();
		},
		stop(lastLine) {
			if (stopped) return;
			stopped = true;
			clearInterval(timer);
			if (lastLine !== undefined) print(lastLine);
			if (live) process.stderr.write('\n');
		},
	};
}

/** `3 min 07 s`, from a start time in milliseconds since the epoch. */
export function elapsed(since: number): string {
	const seconds = Math.round((Date.now() - since) / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

// npm creates every folder first and unpacks into them later; a package.json is what shows an unpacked one.
async function countPackages(folder: string): Promise<number> {
	try {
		const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
			packages?: Record<string, unknown>;
		};
		const paths = Object.keys(lock.packages ?? {}).filter((path) => path !== '');
		const found = await Promise.allSettled(paths.map(async (path) => await access(join(folder, path, 'package.json'))));
		return found.filter((result) => result.status === 'fulfilled').length;
	} catch {
		return 0;
	}
}

async function freeMegabytes(folder: string): Promise<number | undefined> {
	try {
		const { bavail, bsize } = await statfs(folder);
		return (bavail * bsize) / MEGABYTE;
	} catch {
		return undefined;
	}
}
