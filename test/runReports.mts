/** A test file in jest's report; `name` is its path. */
type FileResult = { name: string; status: string; assertionResults: Array<{ status: string }> };

/** The parts of jest's report that count here; a run that broke off leaves hardly any. */
export type Report = {
	success: boolean;
	startTime?: number;
	testResults?: FileResult[];
	[count: `num${string}`]: number;
};

/** One report of several runs: counts are added up. */
export function merged(reports: Report[]): Report {
	const counts: Record<`num${string}`, number> = {};
	for (const [key, value] of reports.flatMap((report) => Object.entries(report))) {
		if (key.startsWith('num') && typeof value === 'number')
			counts[key as `num${string}`] = (counts[key as `num${string}`] ?? 0) + value;
	}
	return {
		...counts,
		success: reports.every(({ success }) => success),
		startTime: Math.min(...reports.map(({ startTime = Infinity }) => startTime)),
		testResults: reports.flatMap(({ testResults = [] }) => testResults),
	};
}

/** Paths of the test files with a failure, or that could not be run. */
export function failedFiles({ testResults = [] }: Report): string[] {
	return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** The report of a run some of whose files were run once more: for them, the second run counts. */
export function withSecondRun(first: Report, second: Report): Report {
	const again = new Set(second.testResults?.map(({ name }) => name));
	const kept = first.testResults?.filter(({ name }) => !again.has(name)) ?? [];
	const tests = (files: FileResult[]) => files.flatMap(({ assertionResults }) => assertionResults);
	const counted = (files: FileResult[]) => ({
		numTotalTests: tests(files).length,
		numPassedTests: tests(files).filter(({ status }) => status === 'passed').length,
		numFailedTests: tests(files).filter(({ status }) => status === 'failed').length,
	});
	const files = [...kept, ...(second.testResults ?? [])];
	return {
		...first,
		...counted(files),
		success: second.success && failedFiles({ success: true, testResults: kept }).length === 0,
		testResults: files,
	};
}
