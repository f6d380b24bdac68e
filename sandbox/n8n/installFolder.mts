import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// Written last, inside the staging folder: a folder that carries it was finished before it got its name.
const MARKER = '.complete.json';
const STAGING = /^\.staging-(\d+)-/;

/**
 * Hash of the lock file, or of `package.json` where there is none; its first 16 hex digits name the folder, so every
 * set of dependencies gets its own n8n.
 */
export async function hashOfSource(sourceDir: string): Promise<string> {
	const lock = join(sourceDir, 'package-lock.json');
	const source = await readFile(existsSync(lock) ? lock : join(sourceDir, 'package.json'));
	return createHash('sha256').update(source).digest('hex');
}

/** True when the folder holds a finished installation of exactly this lock. */
export async function isComplete(folder: string, lockHash: string): Promise<boolean> {
	try {
		const marker = JSON.parse(await readFile(join(folder, MARKER), 'utf8')) as { lock?: string };
		await access(join(folder, 'node_modules'));
		return marker.lock === lockHash;
	} catch {
		return false;
	}
}

/** Marks a folder as finished. Call it only when nothing more will be written to the folder. */
export async function markComplete(folder: string, lockHash: string): Promise<void> {
	const marker = { lock: lockHash, node: process.version, finishedAt: new Date().toISOString() };
	await writeFile(join(folder, MARKER), `${JSON.stringify(marker, null, '\t')}\n`);
}

/** A fresh, empty folder beside the final one (same file system, so that the rename is atomic). */
export async function createStaging(cacheDir: string): Promise<string> {
	const name = `.staging-${process.pid}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
	const staging = join(cacheDir, name);
	await mkdir(staging, { recursive: true, mode: 0o700 });
	return staging;
}

/**
 * Gives the finished staging folder its final name. When somebody else finished first, their copy stays
 * and ours is deleted; a final folder without a marker is a leftover and is replaced.
 */
export async function publish(staging: string, final: string, lockHash: string): Promise<void> {
	for (let attempt = 0; ; attempt++) {
		if (await isComplete(final, lockHash)) return await remove(staging);
		try {
			return await rename(staging, final);
		} catch (error) {
			if (await isComplete(final, lockHash)) return await remove(staging);
			if (attempt === 2) throw error;
			await setAside(final);
		}
	}
}

/** Deletes the staging folders of installers that no longer run; they are large (about 2.6 GB each). */
export async function sweepStaging(cacheDir: string): Promise<void> {
	for (const name of await readdir(cacheDir)) {
		const pid = STAGING.exec(name)?.[1];
		if (pid !== undefined && !isAlive(Number(pid))) await remove(join(cacheDir, name));
	}
}

/** Deletes a file or a folder tree; does nothing when it is not there. */
export async function remove(path: string): Promise<void> {
	await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

// Renaming first keeps the gap in which nothing has the final name as short as a rename.
async function setAside(final: string): Promise<void> {
	const aside = `${final}.incomplete-${process.pid}-${Date.now()}`;
	try {
		await rename(final, aside);
	} catch {
		return; // gone already: another installer did the same
	}
	await remove(aside);
}

/** Whether a process of this machine still runs. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
