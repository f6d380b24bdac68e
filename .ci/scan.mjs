// Runs n8n's official verification scanner on what reviewers see (the source) and on what users get (the
// tarball). Each verdict comes with a control: a copy with a planted violation must be refused, so that a scan
// that silently linted nothing cannot pass.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];
const PLANTED = "console.log(eval('1')); setTimeout(() => {}, 1);\n";

function npm(args) {
	const script = process.env.npm_execpath;
	const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
	if (script) return execFileSync(process.execPath, [script, ...args], options);
	const windows = process.platform === 'win32';
	return execFileSync(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
}

/** Every file named under `n8n` in package.json must have been built; returns the package.json. */
function readBuiltManifest() {
	const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const declared = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const missing = declared.filter((file) => !existsSync(join(ROOT, file)));
	if (missing.length > 0) throw new Error(`Run "npm run build" first; missing: ${missing.join(', ')}`);
	return manifest;
}

/** Packs as `npm publish` would and unpacks; returns the folder that users' machines get. */
function unpackTarball(folder) {
	const [{ filename }] = JSON.parse(
		npm(['pack', '--ignore-scripts', '--json', '--loglevel=error', '--pack-destination', folder]),
	);
	execFileSync('tar', ['-xzf', filename.replace(/^.*[\\/]/, '')], { cwd: folder });
	return join(folder, 'package');
}

/** The linted part of the source tree, without dependencies; ESLint must not see it as ignored. */
function copySource(folder) {
	const copy = join(folder, 'source');
	for (const name of ['package.json', 'nodes', 'credentials', 'icons']) {
		if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
	}
	return copy;
}

/** Scans `dir`, then again with a violation planted at `control`; true when clean and the control is caught. */
async function scan(name, dir, patterns, control) {
	const files = globSync(patterns, { cwd: dir, exclude: (path) => path.includes('node_modules') });
	const verdict = await analyzePackage(dir, patterns);
	if (!verdict.passed || files.length < 2) {
		console.error(`FAILED  ${name}: ${verdict.message ?? `only ${files.length} file(s) to scan`}`);
		console.error(verdict.details ?? '');
		return false;
	}
	writeFileSync(join(dir, control), PLANTED);
	const caught = await analyzePackage(dir, patterns);
	rmSync(join(dir, control));
	if (caught.passed || !caught.details?.includes(control.split('/').at(-1))) {
		console.error(`FAILED  ${name}: the scanner did not notice a planted violation in ${control}`);
		return false;
	}
	console.log(`passed  ${name}: ${files.length} files, planted violation caught`);
	return true;
}

const folder = mkdtempSync(join(tmpdir(), 'scan-'));
let clean = false;
try {
	const manifest = readBuiltManifest();
	const firstNode = manifest.n8n.nodes[0].replace(/\/[^/]+$/, '');
	const source = await scan(
		'source',
		copySource(folder),
		SOURCE_FILE_PATTERNS,
		`${firstNode.replace(/^dist\//, '')}/Planted.node.ts`,
	);
	const tarball = await scan('tarball', unpackTarball(folder), TARBALL_PATTERNS, `${firstNode}/planted.js`);
	clean = source && tarball;
} catch (error) {
	console.error(`FAILED  ${error.message}`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
process.exit(clean ? 0 : 1);
