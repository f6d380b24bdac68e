import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n, n8nFolder } from '../../sandbox/n8n/install.mts';
import { isComplete, markComplete, publish } from '../../sandbox/n8n/installFolder.mts';

const silent = () => {};
let root: string;
let sourceDir: string;
let cacheDir: string;

/** A package with one local dependency: npm has real work to do, and needs no network for it. */
async function writeSource(dependency: string): Promise<void> {
	const manifest = { name: 'tiny-n8n', version: '1.0.0', dependencies: { local: `file:${dependency}` } };
	const lock = {
		name: 'tiny-n8n',
		version: '1.0.0',
		lockfileVersion: 3,
		requires: true,
		packages: { '': manifest },
	};
	await writeFile(join(sourceDir, 'package.json'), JSON.stringify(manifest));
	await writeFile(join(sourceDir, 'package-lock.json'), JSON.stringify(lock));
}

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'n8n-install-test-'));
	sourceDir = join(root, 'source');
	cacheDir = join(root, 'cache');
	const dependency = join(root, 'local');
	await Promise.all([sourceDir, dependency].map(async (folder) => await mkdir(folder)));
	await writeFile(join(dependency, 'package.json'), JSON.stringify({ name: 'local', version: '1.0.0' }));
	await writeSource(dependency);
});

afterEach(async () => await rm(root, { recursive: true, force: true }));

const install = async (rebuild: string[] = []) => await installN8n(silent, { sourceDir, cacheDir, rebuild });

describe('installN8n', () => {
	it('installs into a folder named after the lock, and only once', async () => {
		const folder = await install();
		const lock = await readFile(join(sourceDir, 'package-lock.json'));
		const hash = createHash('sha256').update(lock).digest('hex');
		expect(folder).toBe(join(cacheDir, `n8n-${hash.slice(0, 16)}`));
		expect(existsSync(join(folder, 'node_modules', 'local', 'package.json'))).toBe(true);

		await writeFile(join(folder, 'untouched'), '');
		expect(await install()).toBe(folder);
		expect(existsSync(join(folder, 'untouched'))).toBe(true);
	});

	it('survives two installs at once, and leaves one folder', async () => {
		const [first, second] = await Promise.all([install(), install()]);
		expect(first).toBe(second);
		expect(await readdir(cacheDir)).toEqual([first.slice(cacheDir.length + 1)]);
	});

	it('replaces a folder that has no marker', async () => {
		const folder = await n8nFolder({ sourceDir, cacheDir });
		await mkdir(join(folder, 'node_modules'), { recursive: true });
		await writeFile(join(folder, 'half'), '');
		await install();
		expect(await readdir(folder)).not.toContain('half');
		expect(await readdir(cacheDir)).toHaveLength(1);
	});

	it('deletes what a killed installer left, but not what a living one works in', async () => {
		const dead = join(cacheDir, '.staging-999999999-abc');
		const alive = join(cacheDir, `.staging-${process.pid}-abc`);
		await Promise.all([dead, alive].map(async (folder) => await mkdir(folder, { recursive: true })));
		await install();
		expect(existsSync(dead)).toBe(false);
		expect(existsSync(alive)).toBe(true);
	});

	it('says what failed, where the log is and how it ends; leaves nothing behind', async () => {
		await writeSource(join(root, 'missing.tgz'));
		// What `npm test --silent` hands down.
		process.env.npm_config_loglevel = 'silent';
		const failure = await install().catch((error: Error) => error.message);
		expect(failure).toContain('Could not install n8n: "npm install" ended with');
		expect(failure).toMatch(/The whole log is .+\.log; its last lines:\n {2}\S/);
		expect(await readdir(cacheDir)).toEqual([]);
	});
});

describe('publish', () => {
	it('keeps the copy that was finished first', async () => {
		const final = join(cacheDir, 'n8n-x');
		const staging = join(cacheDir, '.staging-x');
		for (const folder of [final, staging]) {
			await mkdir(join(folder, 'node_modules'), { recursive: true });
			await markComplete(folder, 'lock');
			await writeFile(join(folder, 'who'), folder);
		}
		await publish(staging, final, 'lock');
		expect(await readFile(join(final, 'who'), 'utf8')).toBe(final);
		expect(existsSync(staging)).toBe(false);
		expect(await isComplete(final, 'another lock')).toBe(false);
	});
});
