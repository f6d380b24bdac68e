import { access, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The fields of a package.json that matter here. */
type Manifest = {
	name: string;
	version: string;
	files?: string[];
	n8n?: { nodes?: string[]; credentials?: string[] };
};

/**
 * Puts a built community package where n8n's own installer would: `<userFolder>/.n8n/nodes/node_modules`.
 * Only `package.json` and the `files` that npm would publish are copied.
 * @returns the package's name, the prefix of its node types
 * @throws Error when a file named under `n8n` in package.json has not been built
 */
export async function installPackage(packageDir: string, userFolder: string): Promise<string> {
	const manifest = await readManifest(packageDir);
	const declared = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
	for (const file of declared) {
		await access(join(packageDir, file)).catch(() => {
			throw new Error(`${manifest.name} is not built: ${file} is missing. Run "npm run build" first.`);
		});
	}

	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', manifest.name);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	for (const file of ['package.json', ...(manifest.files ?? [])]) {
		await cp(join(packageDir, file), join(target, file), { recursive: true });
	}
	const installed = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [manifest.name]: manifest.version },
	};
	await writeFile(join(nodes, 'package.json'), `${JSON.stringify(installed, null, 2)}\n`);
	return manifest.name;
}

async function readManifest(packageDir: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as Manifest;
}
