import { failedFiles, merged, withSecondRun } from '../runReports.mts';
import { LONG_ONLY } from '../support/long.mts';
import { sourcesIn } from '../support/sources.mts';

type Project = { testMatch: string[]; testPathIgnorePatterns?: string[] };
const { projects } = jest.requireActual<{ projects: Project[] }>('../../jest.config.cjs');

/** Folders whose tests need more than this package and n8n: they have a command of their own. */
const APART = ['queue', 'versions'];
const folders = [...new Set(sourcesIn('test', '.test.mts').map(({ path }) => path.split('/')[1]))].sort();

describe('the projects of jest', () => {
	it('have every folder of tests once', () => {
		const [engine, e2e] = projects;
		const isNamed = (patterns: string[], folder: string) =>
			patterns.some((pattern) => pattern.startsWith(`<rootDir>/test/${folder}/`));
		const others = folders.filter((folder) => isNamed(engine.testPathIgnorePatterns ?? [], folder));
		expect(engine.testMatch).toEqual(['<rootDir>/test/**/*.test.mts']);
		expect(others.filter((folder) => !isNamed(e2e.testMatch, folder))).toEqual(APART);
		expect(folders.filter((folder) => isNamed(e2e.testMatch, folder) && !others.includes(folder))).toEqual([]);
		expect(others.length).toBeLessThan(folders.length);
	});
});

describe('what only a long run takes along', () => {
	it('is there', () => {
		const paths = sourcesIn('test', '.test.mts').map(({ path }) => path);
		expect(LONG_ONLY.filter((file) => !paths.includes(file))).toEqual([]);
	});
});

const file = (name: string, ...statuses: string[]) => ({
	name,
	status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
	assertionResults: statuses.map((status) => ({ status })),
});

describe('files that are run once more', () => {
	const first = {
		success: false,
		numTotalTests: 4,
		numPassedTests: 3,
		numFailedTests: 1,
		testResults: [file('a', 'passed', 'passed'), file('b', 'passed', 'failed'), file('c')],
	};

	it('are those that failed or could not be run', () => {
		expect(failedFiles(first)).toEqual(['b', 'c']);
	});

	it('count as they ended the second time, where all of them were run', () => {
		const second = { success: true, testResults: [file('b', 'passed', 'passed'), file('c', 'passed')] };
		expect(withSecondRun(first, second)).toMatchObject({
			success: true,
			numPassedTests: 5,
			numFailedTests: 0,
			numTotalTests: 5,
		});
	});

	it('stay failed where the second run failed or broke off', () => {
		const second = { success: false, testResults: [file('b', 'failed', 'failed'), file('c', 'passed')] };
		expect(withSecondRun(first, second)).toMatchObject({ success: false, numPassedTests: 3, numFailedTests: 2 });
		const halfway = { success: true, testResults: [file('b', 'passed', 'passed')] };
		expect(withSecondRun(first, halfway)).toMatchObject({ success: false });
		expect(withSecondRun(first, { success: false })).toMatchObject({ success: false, numFailedTests: 1 });
	});
});

describe('the reports of two runs', () => {
	it('become one, with their counts added up', () => {
		const reports = [
			{ success: true, startTime: 20, numPassedTests: 3, numFailedTests: 0, testResults: [file('a', 'passed')] },
			{ success: true, startTime: 10, numPassedTests: 4, numFailedTests: 1, testResults: [file('b', 'failed')] },
		];
		expect(merged(reports)).toEqual({
			success: true,
			startTime: 10,
			numPassedTests: 7,
			numFailedTests: 1,
			testResults: [file('a', 'passed'), file('b', 'failed')],
		});
	});

	it('tell that one of them broke off', () => {
		expect(merged([{ success: true, numPassedTests: 3 }, { success: false }])).toMatchObject({
			success: false,
			numPassedTests: 3,
		});
	});
});
