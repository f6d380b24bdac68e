/** The parts of jest's report that count here; a run that broke off leaves hardly any. */
export type Report = {
	success: boolean;
	startTime?: number;
	testResults?: unknown[];
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
