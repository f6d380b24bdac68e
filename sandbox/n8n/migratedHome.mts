import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from './drive.mts';
import { startN8n } from './start.mts';

/** What n8n makes of an empty folder: the database with all its tables and the owner, and the key that belongs to it. */
const FILES = ['database.sqlite', 'config'];

/** Beside the installation, so that each n8n has its own and loses it with itself. */
const templateOf = (n8nDir: string): string => join(n8nDir, '.migrated-home');

async function copyFiles(from: string, to: string): Promise<void> {
	await mkdir(to, { recursive: true, mode: 0o700 });
	await Promise.all(FILES.map(async (file) => await copyFile(join(from, file), join(to, file))));
}

/** Starts n8n once, lets it make its tables and its owner, and keeps that. */
async function makeTemplate(n8nDir: string, packageDir: string): Promise<void> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-home-'));
	try {
		const n8n = await startN8n({ n8nDir, packageDir, userFolder });
		try {
			await N8nClient.open(n8n.url);
		} finally {
			await n8n.stop();
		}
		const staging = `${templateOf(n8nDir)}-${process.pid}`;
		await copyFiles(join(userFolder, '.n8n'), staging);
		// Somebody else may have been faster: one template is as good as another.
		await rename(staging, templateOf(n8nDir)).catch(async () => await rm(staging, { recursive: true, force: true }));
	} finally {
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
}

/**
 * Fills an empty folder with what n8n would make of it at its first start, which takes longer than all the rest of it.
 * @param n8nDir folder from `installN8n`
 * @param userFolder as in `StartOptions`
 */
export async function fillHome(n8nDir: string, packageDir: string, userFolder: string): Promise<void> {
	if (!existsSync(templateOf(n8nDir))) await makeTemplate(n8nDir, packageDir);
	await copyFiles(templateOf(n8nDir), join(userFolder, '.n8n'));
}
