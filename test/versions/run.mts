// npm run test:versions [-- [--core] [--only=<file>,<file>] <version>...]: drives several versions of n8n, one after
// the other. --core: the short form of CI. --only: these test files, whose figures replace those that are known.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { sourceOf, VERSION_VARIABLE, VERSIONS, wantedVersion } from '../../sandbox/n8n/versions.mts';
import { pathOf, SUITES, TOUR, type Results, type Suite, type SuiteResult } from './suites.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const resultsFile = fileURLToPath(new URL('results.json', import.meta.url));

/** The parts of jest's report that count here. */
type JestReport = {
	testResults: Array<{
		name: string;
		startTime: number;
		endTime: number;
		message: string;
		assertionResults: Array<{ fullName: string; status: string; failureMessages: string[] }>;
	}>;
};

async function run(version: string, args: string[], isQuiet: boolean): Promise<number> {
	const env = { ...process.env, [VERSION_VARIABLE]: version };
	const child = spawn(process.execPath, args, {
		cwd: root,
		env,
		stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'],
	});
	return await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

// jest colours what it compares.
const firstLine = (text: string): string =>
	(
		text
			.replace(/\u001b\[[\d;]*m/g, '')
			.split('\n')
			.find((line) => line.trim() !== '') ?? ''
	).trim();

function resultOf({ files }: Suite, { testResults }: JestReport): SuiteResult {
	const mine = testResults.filter(({ name }) => files.some((file) => name.endsWith(pathOf(file))));
	const tests = mine.flatMap(({ assertionResults }) => assertionResults);
	// A file that could not be loaded has no tests, only a message.
	const broken = mine
		.filter(({ assertionResults }) => assertionResults.length === 0)
		.map(({ name, message }) => ({ test: basename(name), reason: firstLine(message) }));
	const failed = tests
		.filter(({ status }) => status === 'failed')
		.map(({ fullName, failureMessages }) => ({ test: fullName, reason: firstLine(failureMessages[0] ?? '') }));
	const seconds = mine.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0);
	const failures = [...broken, ...failed];
	return {
		passed: tests.filter(({ status }) => status === 'passed').length,
		failed: failures.length,
		seconds: Math.round(seconds),
		failures,
	};
}

/** Runs the tour and the suites on one version. */
async function drive(version: string, suites: Suite[]): Promise<Record<string, SuiteResult>> {
	await installN8n((line) => process.stderr.write(`${line}\n`), { sourceDir: sourceOf(version) });
	const startedAt = Date.now();
	const tour = await run(version, [join(root, 'sandbox/demo/tour.mts'), '--once'], true);
	const results: Record<string, SuiteResult> = {
		[TOUR]: {
			passed: Number(tour === 0),
			failed: Number(tour !== 0),
			seconds: Math.round((Date.now() - startedAt) / 1000),
			failures: tour === 0 ? [] : [{ test: 'npm start -- --once', reason: `ended with ${tour}` }],
		},
	};
	const folder = await mkdtemp(join(tmpdir(), 'n8n-versions-'));
	const report = join(folder, 'report.json');
	const patterns = suites.flatMap(({ files }) => files).map(pathOf);
	await run(
		version,
		[
			join(root, 'node_modules/jest/bin/jest.js'),
			'--config',
			join(root, 'test/versions/jest.config.cjs'),
			'--runInBand',
			'--runTestsByPath',
			...patterns,
			'--json',
			`--outputFile=${report}`,
		],
		true,
	);
	const jest = JSON.parse(await readFile(report, 'utf8')) as JestReport;
	await rm(folder, { recursive: true });
	for (const suite of suites) results[suite.name] = resultOf(suite, jest);
	return results;
}

function print(version: string, results: Record<string, SuiteResult>): void {
	const rows = Object.entries(results).map(
		([name, { passed, failed, seconds }]) =>
			`  ${name.padEnd(30)} ${String(passed).padStart(3)} passed ${String(failed).padStart(3)} failed ${String(seconds).padStart(5)} s`,
	);
	const failures = Object.values(results).flatMap((result) =>
		result.failures.map(({ test, reason }) => `  FAILED ${test}\n         ${reason}`),
	);
	process.stdout.write(`n8n ${version}\n${[...rows, ...failures].join('\n')}\n`);
}

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { core: { type: 'boolean' }, only: { type: 'string' } },
});
const isCore = values.core ?? false;
const only = values.only?.split(',');
const isChosen = ({ files, isCore: inCore = false }: Suite): boolean =>
	only ? only.some((file) => files.includes(file)) : !isCore || inCore;
// What has to run with each change runs where most is missing.
const usual = isCore ? [VERSIONS[0]] : VERSIONS;
const versions = (positionals.length > 0 ? positionals : usual).map((version) => wantedVersion(version));
const suites = SUITES.filter(isChosen);
let failed = 0;
for (const version of versions) {
	const results = await drive(version, suites);
	print(version, results);
	failed += Object.values(results).reduce((sum, result) => sum + result.failed, 0);
	if (isCore) continue;
	const known = JSON.parse(await readFile(resultsFile, 'utf8').catch(() => '{}')) as Results;
	await writeFile(
		resultsFile,
		`${JSON.stringify({ ...known, [version]: { ...known[version], ...results } }, null, '\t')}\n`,
	);
}
process.exit(failed === 0 ? 0 : 1);
