// Makes a fresh checkout usable, then runs a script (if one is named) with the pinned Node 24:
//   node sandbox/setup.mjs [<script> [args...]]
// Plain JavaScript for Node 18 and newer, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SANDBOX = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(SANDBOX);
const WINDOWS = process.platform === 'win32';
const NODE = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');
const BUILD_INPUTS = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js'];
const TAIL_LINES = 30;

// The pinned Node first, then the tools of the checkout, then what the caller had.
const ENVIRONMENT = { ...process.env };
const PATH_KEY = Object.keys(ENVIRONMENT).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
ENVIRONMENT[PATH_KEY] = [dirname(NODE), join(ROOT, 'node_modules', '.bin'), ENVIRONMENT[PATH_KEY]]
	.filter(Boolean)
	.join(delimiter);

function log(line) {
	process.stderr.write(`setup: ${line}\n`);
}

// Under `npm start` npm says where it is; otherwise the PATH has to know.
function npmCommand() {
	const script = process.env.npm_execpath;
	if (script && /npm-cli\.c?js$/.test(script)) return { command: process.execPath, prefix: [script] };
	return { command: WINDOWS ? 'npm.cmd' : 'npm', prefix: [] };
}

async function npm(args, cwd, title) {
	const startedAt = Date.now();
	log(`${title} ...`);
	const { command, prefix } = npmCommand();
	const logFile = join(tmpdir(), `instagram-setup-${process.pid}-${Date.now()}.log`);
	const output = openSync(logFile, 'w');
	const code = await new Promise((done) => {
		// Under `npm --silent` npm would say nothing, also when it fails.
		const child = spawn(command, [...prefix, ...args, '--loglevel=notice'], {
			cwd,
			env: ENVIRONMENT,
			shell: WINDOWS && prefix.length === 0,
			stdio: ['ignore', output, output],
		});
		child.once('error', (error) => done(error.message));
		child.once('close', (exitCode, signal) => done(exitCode ?? signal));
	});
	closeSync(output);
	if (code !== 0) {
		const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
		log(`"npm ${args.join(' ')}" failed (${code}). Whole log: ${logFile}. Its last lines:`);
		process.stderr.write(`${tail.map((line) => `  ${line}`).join('\n')}\n`);
		process.exit(1);
	}
	rmSync(logFile);
	log(`${title}: done in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

// The stamp lives inside node_modules, so deleting that folder forgets it.
async function installDependencies(folder, title, isPresent) {
	const stampFile = join(folder, 'node_modules', '.setup-stamp');
	const stamp = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	const known = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
	if (known === stamp && isPresent()) return;
	// Install scripts stay off: the only one that is needed is that of `node`, which fetches the binary, and
	// eslint-plugin-n8n-nodes-base has one that refuses npm.
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev'], folder, title);
	if (folder === ROOT) await npm(['rebuild', 'node', '--ignore-scripts=false'], folder, 'fetching Node 24');
	writeFileSync(stampFile, stamp);
}

function newestChange(path) {
	const stats = statSync(path, { throwIfNoEntry: false });
	if (!stats) return 0;
	if (!stats.isDirectory()) return stats.mtimeMs;
	// The folder's own time counts too: deleting a file changes nothing else.
	return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

// A build writes every file, but a copied one may keep its old time; package.json's entries come from tsc.
function isBuilt() {
	const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const outputs = [...n8n.nodes, ...n8n.credentials].map((file) =>
		statSync(join(ROOT, file), { throwIfNoEntry: false }),
	);
	if (outputs.some((stats) => stats === undefined)) return false;
	const built = Math.min(...outputs.map((stats) => stats.mtimeMs));
	return BUILD_INPUTS.every((name) => newestChange(join(ROOT, name)) <= built);
}

function runScript(script, args) {
	const child = spawn(NODE, [resolve(script), ...args], { stdio: 'inherit', env: ENVIRONMENT });
	// Ctrl-C reaches the child by itself (same terminal); this keeps us alive until it has cleaned up. The other
	// signals are sent to this process alone.
	process.on('SIGINT', () => {});
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.once('error', (error) => {
		log(`cannot run ${NODE}: ${error.message}`);
		process.exit(1);
	});
	child.once('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [script, ...args] = process.argv.slice(2);
await installDependencies(ROOT, 'installing dependencies', () => existsSync(NODE));
await installDependencies(SANDBOX, 'installing the sandbox', () => true);
if (!isBuilt()) await npm(['run', 'build'], ROOT, 'building the package');
if (script) runScript(script, args);
