import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('versions', import.meta.url));

/** The n8n of the tour and of the tests, unless another one is asked for. */
export const PINNED_VERSION = '2.41.1';

/** Names the n8n to run: one of `VERSIONS`. */
export const VERSION_VARIABLE = 'N8N_SANDBOX_VERSION';

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** Every n8n that can be installed here, the oldest first: each has a folder with its pinned dependencies. */
export const VERSIONS: readonly string[] = readdirSync(FOLDER).sort(inOrder);

/**
 * The n8n that is asked for.
 * @throws Error that lists the known ones
 */
export function wantedVersion(version = process.env[VERSION_VARIABLE] ?? PINNED_VERSION): string {
	if (VERSIONS.includes(version)) return version;
	throw new Error(
		`There is no n8n ${version} here. Known: ${VERSIONS.join(', ')}. A new one needs a folder in sandbox/n8n/versions.`,
	);
}

/** Where a version's `package.json` stands, and its lock where it has one. */
export function sourceOf(version: string): string {
	return join(FOLDER, version);
}

/** The version of an installed n8n. @param n8nDir folder from `installN8n` */
export function versionIn(n8nDir: string): string {
	return (JSON.parse(readFileSync(join(n8nDir, 'node_modules', 'n8n', 'package.json'), 'utf8')) as { version: string })
		.version;
}

/** The Node that came with an n8n, or the one that runs this. @param n8nDir folder from `installN8n` */
export function nodeFor(n8nDir: string): string {
	const own = join(n8nDir, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	return existsSync(own) ? own : process.execPath;
}

/** Whether a version is another one or newer. @param least may leave parts out: `2.27` */
export function isAtLeast(version: string, least: string): boolean {
	const [given, wanted] = [version, least].map((text) => text.split('.').map(Number));
	const at = wanted.findIndex((part, index) => part !== given[index]);
	return at === -1 || given[at] > wanted[at];
}
