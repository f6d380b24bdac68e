import { fetch } from 'undici';
import { continueLogin } from '../../sandbox/demo/person.mts';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { errorOf } from '../../sandbox/n8n/drive.mts';
import { loginsOn, readProfile, sentenceOf, type LoginName } from './logins.mts';
import { isLong } from '../support/long.mts';
import { ACCOUNT, activateBehindWebhook, CUSTOMER, openStage, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

/** Over a year on request; else until everything has ended or been renewed that can within four months. */
const LAST_DAY = isLong ? 400 : 126;
const DAY_SECONDS = 24 * 3600;
const weekly = Array.from({ length: Math.floor(LAST_DAY / 7) + 1 }, (_, week) => week * 7);
const CHECKED = [59, 61, 120, LAST_DAY];
const DAYS = [...new Set([...weekly, ...CHECKED])].sort((a, b) => a - b);
/** n8n ends and starts on the morning of this day: whatever keeps a login alive must be stored. */
const RESTART_DAY = isLong ? 196 : 70;
/** Days on which a login that runs every week is used: 0, 7, .. 399 in the long form. */
const RUNS = weekly.length;

const NOT_SEEN = 'The login ended because the person did not log in for 90 days';
const EXPIRED = 'The login has expired';
const RECONNECT = 'Open the credential in n8n and connect again.';
const PASTE = 'Make a new token and paste it into the credential.';

type Row = {
	login: LoginName;
	/** What is special about it. */
	as?: string;
	/** Days on which the person goes through the pop-up again. */
	comesBack?: number[];
	/** Whether it runs on a day; every day that is looked at when absent. */
	runsOn?: (day: number) => boolean;
	/** The last day on which Meta accepts it, and what the user sees afterwards; absent when it lasts. */
	ends?: { after: number; sentence: string };
	/** Tokens that Meta was asked for and gave while it lasted, the exchange at the first use included. */
	newTokens: number;
};

const restsForNineWeeks = (day: number) => day < 57 || day > 120;
const everySevenWeeks = (day: number) => day % 49 === 0;
const SPARSE_RUNS = weekly.filter(everySevenWeeks).length;

// A login is renewed once it is a week old, so a weekly run renews it each time.
const ROWS: Row[] = [
	// Meta's data access: 90 days after the person was last seen in the login dialog everything that they gave ends, Page
	// tokens too. No exchange moves that end, so nothing but the person can save these.
	{ login: 'Facebook Login', ends: { after: 90, sentence: `${NOT_SEEN}. ${RECONNECT}` }, newTokens: 13 },
	{
		login: 'Facebook Login',
		as: 'whose person connects again every 12 weeks',
		comesBack: [84, 168, 252, 336],
		newTokens: RUNS,
	},
	{ login: 'pasted user token', ends: { after: 90, sentence: `${NOT_SEEN}. ${PASTE}` }, newTokens: 13 },
	{ login: 'pasted user token, no app', ends: { after: 90, sentence: `${NOT_SEEN}. ${PASTE}` }, newTokens: 0 },
	{ login: 'pasted Page token', ends: { after: 90, sentence: `${NOT_SEEN}. ${PASTE}` }, newTokens: 0 },
	// A Page token lives as long as the user token it was made with, and Meta exchanges no Page tokens.
	{ login: 'pasted Page token of an hour', ends: { after: 0, sentence: `${EXPIRED}. ${PASTE}` }, newTokens: 0 },
	// A system user is nobody who could stay away. Where its token has an end, Meta moves that when asked in time.
	{ login: 'Facebook Login, system user', newTokens: 0 },
	{ login: 'Facebook Login, system user for 60 days', newTokens: RUNS },
	{ login: 'pasted system user token', newTokens: 0 },
	// Instagram Login knows no data access: renewed in time, a token lasts. Meta renews none on its first day.
	{ login: 'Instagram Login', newTokens: RUNS },
	{ login: 'Instagram Login', as: 'that runs every seven weeks', runsOn: everySevenWeeks, newTokens: SPARSE_RUNS },
	{ login: 'pasted Instagram token', newTokens: RUNS - 1 },
	{
		login: 'pasted Instagram token',
		as: 'that runs every seven weeks',
		runsOn: everySevenWeeks,
		newTokens: SPARSE_RUNS - 1,
	},
	// Meta revives no token that has ended: 60 days without a run are the end. The last renewal is that of day 56.
	{
		login: 'Instagram Login',
		as: 'that rests for nine weeks',
		runsOn: restsForNineWeeks,
		ends: { after: 116, sentence: `${EXPIRED}. ${RECONNECT}` },
		newTokens: 9,
	},
	{
		login: 'pasted Instagram token',
		as: 'that rests for nine weeks',
		runsOn: restsForNineWeeks,
		ends: { after: 116, sentence: `${EXPIRED}. ${PASTE}` },
		newTokens: 8,
	},
];
const always = () => true;
const nameOf = ({ login, as }: Row) => (as ? `${login} ${as}` : login);

/** Requests in which Meta gave a new token for an old one. */
const isNewToken = ({ path, body, status }: { path: string; body: unknown; status: number | null }) =>
	status === 200 &&
	(path === '/refresh_access_token' ||
		path === '/access_token' ||
		(body as { grant_type?: string } | null)?.grant_type === 'fb_exchange_token');

type Workflow = {
	row: Row;
	login: Login;
	id: string;
	url: string;
};

type Life = {
	/** What the user saw on each day: `OK`, or the sentences of the error. */
	seen: Array<[day: number, sentence: string]>;
	newTokens: number;
};

/** `0-84: OK`, `91-400: The login ..`: days in a row on which the user saw the same. */
const phases = (seen: Life['seen']): string[] => {
	const found: Array<{ from: number; to: number; sentence: string }> = [];
	for (const [day, sentence] of seen) {
		const last = found.at(-1);
		if (last?.sentence === sentence) last.to = day;
		else found.push({ from: day, to: day, sentence });
	}
	return found.map(({ from, to, sentence }) => `${from}-${to}: ${sentence}`);
};

const expectedPhases = ({ runsOn = always, ends = { after: LAST_DAY, sentence: '' } }: Row) =>
	phases(DAYS.filter(runsOn).map((day) => [day, day <= ends.after ? 'OK' : ends.sentence]));

describe(`a weekly run for ${LAST_DAY} days`, () => {
	let stage: Stage;
	let lives: Map<Row, Life>;
	let workflows: Workflow[];

	const lastRequest = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;
	const send = async ({ id, url }: Workflow): Promise<string> => {
		const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
		await answer.body?.cancel();
		if (answer.ok) return 'OK';
		const error = errorOf(await stage.client.executions.waitFor(id));
		return error ? sentenceOf(error) : `HTTP ${answer.status}`;
	};
	const comeBack = async ({ login }: Workflow) =>
		await stage.client.credentials.connectOAuth2(
			login.credential.id,
			async (url) => await continueLogin(url, { account: ACCOUNT }),
		);

	const setUp = async (makers: Awaited<ReturnType<typeof loginsOn>>, row: Row, index: number) => {
		const life: Life = { seen: [], newTokens: 0 };
		lives.set(row, life);
		try {
			const login = await makers[row.login]();
			workflows.push({
				row,
				login,
				...(await activateBehindWebhook(stage, login, `row-${index}`, readProfile(login))),
			});
		} catch (error) {
			life.seen.push([0, `Not connected: ${(error as Error).message}`]);
		}
	};
	const live = async (workflow: Workflow, day: number) => {
		const { runsOn = always, ends = { after: LAST_DAY } } = workflow.row;
		if (!runsOn(day)) return;
		if (workflow.row.comesBack?.includes(day)) await comeBack(workflow);
		const since = await lastRequest();
		const life = lives.get(workflow.row)!;
		life.seen.push([day, await send(workflow)]);
		if (day <= ends.after) life.newTokens += (await stage.control.requests(since)).filter(isNewToken).length;
	};

	beforeAll(async () => {
		stage = await openStage({ followSandboxClock: true });
		// A webhook that answers with its last node needs one item.
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello');
		lives = new Map();
		workflows = [];
		const makers = await loginsOn(stage);
		for (const [index, row] of ROWS.entries()) await setUp(makers, row, index);
		let today = 0;
		for (const day of DAYS) {
			await stage.control.advanceClock((day - today) * DAY_SECONDS);
			today = day;
			if (day === RESTART_DAY) await stage.n8n.restart();
			for (const workflow of workflows) await live(workflow, day);
		}
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('looks at the days that matter', () => {
		expect(DAYS).toEqual(expect.arrayContaining([...CHECKED, RESTART_DAY]));
	});

	it.each(ROWS.map((row) => [nameOf(row), row] as const))('%s', (_name, row) => {
		const { seen, newTokens } = lives.get(row)!;
		expect(phases(seen)).toEqual(expectedPhases(row));
		expect(newTokens).toBe(row.newTokens);
	});

	it('works again where it ended, once the person connects', async () => {
		const ended = workflows.filter(({ row }) => row.ends && !row.login.startsWith('pasted'));
		expect(ended.length).toBeGreaterThan(0);
		for (const workflow of ended) {
			await comeBack(workflow);
			expect([nameOf(workflow.row), await send(workflow)]).toEqual([nameOf(workflow.row), 'OK']);
		}
	});
});
