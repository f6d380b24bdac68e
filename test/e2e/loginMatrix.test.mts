import { fetch } from 'undici';
import { continueLogin } from '../../sandbox/demo/person.mts';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { isAtLeast, wantedVersion } from '../../sandbox/n8n/versions.mts';
import {
	INSTAGRAM_MESSAGES,
	loginsOn,
	MESSAGES,
	PAGE,
	PASTED,
	PERSON,
	runOnce,
	SYSTEM_USER,
	type LoginName,
	type Seen,
} from './logins.mts';
import { OK, RECONNECT, TABLE, type State } from './loginSentences.mts';
import { ACCOUNT, openStage, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

const DAY_SECONDS = 24 * 3600;

const NAMES = Object.keys(TABLE) as LoginName[];
const CELLS = NAMES.flatMap((name) =>
	Object.entries(TABLE[name] ?? {}).map(([state, sentence]) => [name, state as State, sentence] as const),
);

/** States in which a new login helps, and nothing else; n8n can be told so. */
const DEAD: State[] = ['expired', 'first used a day later', 'app removed', 'password changed'];

describe('what the user sees of a login', () => {
	let stage: Stage;
	const seen = new Map<string, Seen>();

	const note = (name: LoginName, state: State, what: Seen) => seen.set(`${name} / ${state}`, what);
	const happen = async (who: string[], body: object) => {
		for (const id of who) await stage.control.call('POST', `/users/${id}`, body);
	};
	/** A failure to connect is what the user sees of the first state. */
	const makeAll = async (states: State[], isWithoutMessages = false): Promise<Array<[LoginName, Login]>> => {
		const makers = await loginsOn(stage);
		const made: Array<[LoginName, Login]> = [];
		for (const name of NAMES.filter((one) => states.some((state) => TABLE[one]?.[state]))) {
			try {
				made.push([name, await makers[name](isWithoutMessages)]);
			} catch (error) {
				const { message } = error as Error;
				for (const state of states) note(name, state, { sentence: message, description: '' });
			}
		}
		return made;
	};
	const runAll = async (logins: Array<[LoginName, Login]>, state: State) => {
		for (const [name, login] of logins) note(name, state, await runOnce(stage, login));
	};
	/** Fresh logins that work; then something happens, and is undone after a look. */
	const after = async (state: State, event: () => Promise<void>, undo: () => Promise<void> = async () => {}) => {
		const logins = await makeAll([state]);
		for (const [, login] of logins) await runOnce(stage, login);
		await event();
		await runAll(logins, state);
		await undo();
		return logins;
	};
	const connectAgain = async (logins: Array<[LoginName, Login]>, state: State) => {
		const popUps = logins.filter(([name]) => TABLE[name]?.[state]);
		for (const [, { credential }] of popUps) {
			await stage.client.credentials.connectOAuth2(
				credential.id,
				async (url) => await continueLogin(url, { account: ACCOUNT }),
			);
		}
		await runAll(popUps, state);
	};
	const cancel = async (url: string): Promise<string> => {
		const answer = await fetch(url, {
			method: 'POST',
			body: new URLSearchParams({ action: 'cancel' }),
			redirect: 'manual',
		});
		return answer.headers.get('location') ?? '';
	};

	beforeAll(async () => {
		stage = await openStage({ followSandboxClock: true });
		const { control, client } = stage;
		const people = [PERSON, ACCOUNT];
		const everybody = [...people, SYSTEM_USER];

		const healthy = await makeAll(['connect', 'first call', 'restart of n8n', 'near expiry']);
		for (const [name, { type, credential }] of healthy) {
			const test = type === PASTED ? await client.credentials.test(credential.id) : { status: OK, message: '' };
			note(name, 'connect', { sentence: test.status === OK ? OK : test.message, description: '' });
		}
		await runAll(healthy, 'first call');
		await stage.n8n.restart();
		await runAll(healthy, 'restart of n8n');
		await control.advanceClock(52 * DAY_SECONDS);
		await runAll(healthy, 'near expiry');

		await after('app removed', async () => await happen(everybody, { appRemoved: true }));
		await after('password changed', async () => await happen(people, { passwordChanged: true }));
		await after(
			'identity check',
			async () => await happen(people, { checkpointed: true }),
			async () => await happen(people, { checkpointed: false }),
		);
		const role = async (has: boolean) => await happen([PERSON, SYSTEM_USER], { pages: { [PAGE]: has } });
		await after(
			'Page role lost',
			async () => await role(false),
			async () => await role(true),
		);
		const permission = async (change: 'revoke' | 'grant') => {
			await happen([PERSON, SYSTEM_USER], { [change]: [MESSAGES] });
			await happen([ACCOUNT], { [change]: [INSTAGRAM_MESSAGES] });
		};
		await after(
			'permission taken back',
			async () => await permission('revoke'),
			async () => await permission('grant'),
		);

		const without = await makeAll(['permission left out'], true);
		await runAll(without, 'permission left out');
		await connectAgain(without, 'permission left out, then connected again');
		await permission('grant');

		for (const [name, { credential }] of await makeAll(['cancelled in the dialog'])) {
			const message = await client.credentials.connectOAuth2(credential.id, cancel).then(
				() => OK,
				(error: Error) => error.message,
			);
			note(name, 'cancelled in the dialog', { sentence: message.split(' (')[0], description: '' });
		}
		const unused = await makeAll(['first used a day later']);
		await control.advanceClock(DAY_SECONDS);
		await runAll(unused, 'first used a day later');
		const expired = await after('expired', async () => await control.advanceClock(91 * DAY_SECONDS));
		await connectAgain(expired, 'expired, then connected again');
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it.each(CELLS)('%s: %s', (name, state, sentence) => {
		const cell = seen.get(`${name} / ${state}`);
		expect(cell?.sentence).toBe(sentence);
		// There is nothing to connect about a pasted token.
		if (name.startsWith('pasted')) expect(cell?.description).not.toMatch(/connect (the credential )?again/);
	});

	it.each(CELLS.filter(([, state, sentence]) => DEAD.includes(state) && sentence !== OK))(
		'%s: %s: n8n learns that the credential is at fault',
		(name, state) => {
			// Before, n8n drops it from errors of an API; a login that never became one is told in another kind of error.
			const isTold = isAtLeast(wantedVersion(), '2.37') || state === 'first used a day later';
			expect(seen.get(`${name} / ${state}`)?.cause).toBe(isTold ? 'credential-invalid' : undefined);
		},
	);

	it('is told before the first connection, too', async () => {
		const credential = await stage.client.credentials.create(
			OAUTH_CREDENTIAL,
			'Never connected',
			await stage.loginData(),
		);
		expect((await runOnce(stage, { type: OAUTH_CREDENTIAL, credential })).sentence).toBe(
			`The Instagram credential is not connected. ${RECONNECT}`,
		);
	});
});
