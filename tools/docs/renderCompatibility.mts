import type { Behaviour } from '../../test/canary/behaviours/index.mts';
import { DIFFERENCES, MINIMUMS, type Minimum } from '../../test/versions/found.mts';
import { SUITES, TOUR, type Results, type SuiteResult } from '../../test/versions/suites.mts';

const table = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** `17`, or `3 of 5` with the number of the note that says why. */
function cell(result: SuiteResult | undefined, note: string | undefined): string {
	if (!result) return '';
	const all = result.passed + result.failed;
	return result.failed === 0 ? String(all) : `${result.passed} of ${all}${note ? ` (${note})` : ''}`;
}

/** Why tests of a suite fail on a version. @throws Error when nobody has written that down */
function noteOf(version: string, suite: string, result: SuiteResult | undefined): string | undefined {
	if (!result || result.failed === 0) return undefined;
	const at = DIFFERENCES.findIndex(({ versions, suites }) => versions.includes(version) && suites.includes(suite));
	if (at === -1)
		throw new Error(
			`${suite} fails on n8n ${version}, and test/versions/found.mts does not say why: ${result.failures.map(({ test }) => test).join('; ')}`,
		);
	return `note ${at + 1}`;
}

const minutes = (results: Results[string]): string =>
	`${Math.round(Object.values(results).reduce((sum, { seconds }) => sum + seconds, 0) / 60)} min`;

const minimumRow = ({ part, from, below, otherwise }: Minimum): string[] => [
	part,
	from,
	below ? `${below}: ${otherwise}` : otherwise,
];

/**
 * docs/compatibility.md: what was run on which n8n.
 * @param results of `npm run test:versions`
 * @param behaviours of the canary: what newer versions do and older ones do not
 */
export function renderCompatibility(results: Results, versions: readonly string[], behaviours: Behaviour[]): string {
	const suites = [TOUR, ...SUITES.map(({ name }) => name)];
	const rows = suites.map((suite) => [
		suite,
		...versions.map((version) => cell(results[version]?.[suite], noteOf(version, suite, results[version]?.[suite]))),
	]);
	return `# Compatibility

Written by \`npm run docs\` from what \`npm run test:versions\` found. Every figure is a number of end-to-end tests that passed: a real n8n of that version, on the Node that it wants, against the sandbox.

${table(['', ...versions.map((version) => `n8n ${version}`)], [...rows, ['Wall time', ...versions.map((version) => (results[version] ? minutes(results[version]) : ''))]])}

${DIFFERENCES.map(({ why }, index) => `${index + 1}. ${why}`).join('\n')}

## Where each part begins to work
Found by running, on the versions that could still be installed.

${table(['part', 'oldest n8n that was seen to run it', 'one version below'], MINIMUMS.map(minimumRow))}

## What newer versions do
The package works without each of these. A version is named where one below it was run, or its source was read.

${behaviours
	.filter(({ since }) => since !== undefined)
	.map(({ name, since }) => `- From ${since} on, n8n ${name}.`)
	.join('\n')}

n8n moves a version a week. What the package counts on is listed in \`test/canary/behaviours\`, each with the smallest program that shows it: a version that behaves otherwise is named there before anything else fails.
`;
}
