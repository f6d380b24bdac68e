/** Why tests fail on some version, and what the user sees there. */
export type Difference = {
	versions: string[];
	/** Suites with such tests. */
	suites: string[];
	why: string;
};

/** The oldest n8n that was seen to run a part. */
export type Minimum = {
	part: string;
	from: string;
	/** The next older version that could be installed, where one was run. */
	below?: string;
	/** What happens there. */
	otherwise: string;
};

export const DIFFERENCES: Difference[] = [
	{
		versions: ['1.123.81'],
		suites: ['Trigger'],
		why: 'In three runs on a busy machine another single test failed each time, once because n8n 1 with SQLite refused to activate several workflows in the same moment ("no such savepoint"). Activated one after the other, they work.',
	},
	{
		versions: ['1.123.81'],
		suites: ['Publishing', 'Comments, insights, checks', 'Send and wait', 'AI agent tools'],
		why: 'The four examples that keep data in Data Tables need n8n 2: the Data Table node of n8n 1 cannot make a table. Everything else in them works; another store in its place does, too. A person who approves the tool of an agent needs n8n 2 as well.',
	},
];

const LOADS = 'n8n\'s log says "Class could not be found", and the editor does not know the nodes';

export const MINIMUMS: Minimum[] = [
	{ part: 'Nodes and credentials load', from: '1.85.4', below: '1.82.3', otherwise: LOADS },
	{ part: 'Facebook Login and Instagram Login work', from: '1.85.4', below: '1.82.3', otherwise: LOADS },
	{
		part: 'Facebook Login and Instagram Login last over a restart',
		from: '1.104.2',
		below: '1.101.1',
		otherwise: 'the login works until n8n restarts; every output says so, and names the credential that lasts',
	},
	{ part: 'Access Token lasts over a restart', from: '1.85.4', below: '1.82.3', otherwise: LOADS },
	{ part: 'Instagram Trigger', from: '1.85.4', below: '1.82.3', otherwise: LOADS },
	{
		part: 'Send and Wait for Response',
		from: '1.113.3',
		below: '1.105.4',
		otherwise: '"This n8n cannot wait for an answer": it has no signed addresses',
	},
	{
		part: 'Files published through a link of n8n, without a setting',
		from: '2.20.12',
		below: '1.123.81',
		otherwise: '"n8n keeps files in memory": N8N_DEFAULT_BINARY_DATA_MODE=filesystem is needed',
	},
	{ part: 'Error output', from: '1.85.4', below: '1.82.3', otherwise: LOADS },
	{ part: 'Tools for AI agents', from: '1.123.81', otherwise: 'not run on older versions' },
];
