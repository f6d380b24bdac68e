/** A part of the package, and the end-to-end tests that show it on one version of n8n. */
export type Suite = {
	/** As the Compatibility table calls it. */
	name: string;
	/** Files of `test/e2e`, or of another folder of `test`, without their ending. */
	files: string[];
	/** Runs on the oldest n8n with each change, too. */
	isCore?: boolean;
};

/** The path of a suite's file, from the root of the project. */
export function pathOf(file: string): string {
	return `test/${file.includes('/') ? file : `e2e/${file}`}.test.mts`;
}

/** What is run on every version; the tour comes before them. */
export const SUITES: Suite[] = [
	{ name: 'Facebook Login, ten at once, restart, reconnect', files: ['durableToken'], isCore: true },
	{ name: 'Facebook Login, accounts and capabilities', files: ['accounts', 'capabilities'] },
	{ name: 'Instagram Login', files: ['instagramLogin'] },
	{ name: 'Access Token', files: ['accessToken'] },
	{ name: 'Logins over months', files: ['sixtyDays', 'loginMatrix'] },
	{ name: 'Deliveries', files: ['delivery'], isCore: true },
	{ name: 'Trigger', files: ['lifecycle', 'subscriptionHealth', 'appCallbacks', 'liveEvents', 'extras'] },
	{ name: 'Forged and hostile requests', files: ['webhookSecurity', 'hostileSenders'] },
	{ name: 'Messages and files', files: ['messagingMedia', 'messagingExamples'] },
	{ name: 'Publishing', files: ['publishing', 'publishingExamples'] },
	{ name: 'Comments, insights, checks', files: ['content', 'contentExamples', 'clientExamples', 'doctor', 'examples'] },
	{ name: 'Send and wait', files: ['sendAndWait'] },
	{ name: 'AI agent tools', files: ['aiAgent'] },
	{ name: 'Remove Duplicates', files: ['removeDuplicates'] },
	{ name: 'Outputs before a run', files: ['outputSchemas'] },
	{ name: 'Bad input, limits, retries', files: ['badInput', 'rateLimits', 'retry'] },
	{ name: 'Updated to the newest n8n', files: ['versions/upgrade'] },
	{ name: 'What n8n does (canary)', files: ['canary/canary'], isCore: true },
];

/** One version and one suite. */
export type SuiteResult = {
	passed: number;
	failed: number;
	/** Wall time in seconds. */
	seconds: number;
	/** Name of each test that failed, and the first line of its reason. */
	failures: Array<{ test: string; reason: string }>;
};

/** What the last run of each version showed: `results.json`. */
export type Results = Record<string, Record<string, SuiteResult>>;

export const TOUR = 'Tour';
