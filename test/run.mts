// npm test [-- [--results=<file>] [arguments of jest]]
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failedFiles, merged, withSecondRun, type Report } from './runReports.mts';
import { isLong, LONG_ONLY } from './support/long.mts';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));

/** The projects of jest.config.cjs in their order, and the wall time that each may take, in seconds, on two cores. */
const PROJECTS = [
	// Most of these tests wait for the clock, so that more of them than there are cores run at a time.
	{ name: 'engine', args: ['--maxWorkers=4'], budget: 500 },
	// Each worker has an n8n: two of them keep two cores busy.
	{ name: 'e2e', args: ['--maxWorkers=2'], budget: 1500 },
];

/** Set by continuous integration: a project that takes longer than its budget fails. */
const BUDGETS_COUNT = Boolean(process.env.CI_BUDGETS);

let running: ChildProcess | undefined;
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		isStopped = true;
		// Ctrl-C reaches jest by itself; this process has to outlive it.
		if (signal !== 'SIGINT') running?.kill(signal);
	});
}

async function runJest(args: string[]): Promise<number> {
	const child = spawn(process.execPath, [jest, ...args], { cwd: root, stdio: 'inherit' });
	running = child;
	return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

/** Keeps out what only a long run takes along. */
const leftOut = isLong ? [] : ['/node_modules/', ...LONG_ONLY].map((file) => `--testPathIgnorePatterns=${file}`);

/** As many workers as all files bear that these arguments select. */
function workersFor(args: string[]): string[] {
	if (args.some((argument) => /^(-i|-w|--runInBand|--maxWorkers|--watch)/.test(argument))) return [];
	const listed = spawnSync(process.execPath, [jest, ...args, '--listTests'], { cwd: root, encoding: 'utf8' }).stdout;
	const [engine, e2e] = PROJECTS;
	return /[\\/]test[\\/](e2e|n8n|canary)[\\/]/.test(listed) ? e2e.args : engine.args;
}

/** As many failed files as a busy machine explains. More are a defect, and would take long. */
const MOST_SECOND_RUNS = 3;

type Outcome = { code: number; report: Report; note: string };

async function runProject(args: string[], file: string): Promise<Omit<Outcome, 'note'>> {
	const code = await runJest([...args, '--json', `--outputFile=${file}`]);
	// A run that broke off wrote nothing; its code tells.
	return { code, report: JSON.parse(await readFile(file, 'utf8').catch(() => '{"success":false}')) as Report };
}

/** A few files that failed beside others run once more, each alone; that they did is told with the outcome. */
async function runTwice(project: string, args: string[], file: string): Promise<Outcome> {
	const first = await runProject(['--selectProjects', project, ...args], file);
	const failed = failedFiles(first.report);
	if (isStopped || failed.length === 0 || failed.length > MOST_SECOND_RUNS) return { ...first, note: '' };
	process.stdout.write(`Once more, alone: ${failed.map((name) => relative(root, name)).join(', ')}\n`);
	const again = await runProject(['--selectProjects', project, '--runInBand', '--runTestsByPath', ...failed], file);
	const still = failedFiles(again.report).length;
	const note = `, failed beside others: ${failed.length}, alone: ${again.code === 0 ? 0 : still || failed.length}`;
	return { code: again.code, report: withSecondRun(first.report, again.report), note };
}

/** Runs one project after the other; each is told with its time, and 1 stands for one that took too long. */
async function runAll(results?: string): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), 'test-results-'));
	const lines: string[] = [];
	const codes: number[] = [];
	const reports: Report[] = [];
	for (const { args, budget, name } of PROJECTS) {
		if (isStopped) break;
		const file = join(folder, `${name}.json`);
		const begun = Date.now();
		const { code, note, report } = await runTwice(name, [...args, ...(name === 'e2e' ? leftOut : [])], file);
		const seconds = Math.round((Date.now() - begun) / 1000);
		const isLate = seconds > budget;
		lines.push(
			`${name}: ${seconds} s of ${budget} s${isLate ? ', TOO LONG' : ''}${note}${code === 0 ? '' : `, failed (${code})`}`,
		);
		codes.push(code, Number(isLate && BUDGETS_COUNT));
		reports.push(report);
	}
	if (results) await writeFile(results, JSON.stringify(merged(reports)));
	await rm(folder, { recursive: true });
	process.stdout.write(`${lines.join('\n')}\n`);
	return codes.find((code) => code !== 0) ?? 0;
}

const given = process.argv.slice(2);
const results = given.find((argument) => argument.startsWith('--results='))?.slice('--results='.length);
const args = given.filter((argument) => !argument.startsWith('--results='));
const report = results ? ['--json', `--outputFile=${results}`] : [];
process.exit(args.length === 0 ? await runAll(results) : await runJest([...workersFor(args), ...args, ...report]));
