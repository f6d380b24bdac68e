import { APP, BAKERY, IG_APP, start, type Started } from '../sandbox/support.mts';
import { setClock } from '../support/clock.mts';
import { answers, dataOf, login, NAME } from '../support/instagramLogins.mts';
import { operationOf } from '../support/parameters.mts';
import { runNode, type Stored } from '../support/runNode.mts';

const DAY = 24 * 3600 * 1000;
let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(async () => {
	jest.useRealTimers();
	await sandbox.close();
});

/** A login that was connected just now at the sandbox, which exchanges and renews as Meta does. */
const connect = async (shape: keyof typeof answers, clientSecret = IG_APP.secret): Promise<Stored> =>
	login(answers[shape](await sandbox.token('shortInstagram')), {
		clientId: IG_APP.id,
		clientSecret,
		instagramGraphBaseUrl: sandbox.sandbox.instagramGraphUrl,
	});

/** Answers a customer; tells the error, and what the customer got. */
async function answer(credentials: Stored, text: string) {
	await sandbox.write('visitor', 'Hello?');
	const parameters = operationOf('message', 'sendText', {
		authentication: NAME,
		recipientId: await sandbox.scopedId('visitor'),
		text,
	});
	const { error } = await runNode({ parameters, credentials });
	const { body } = await sandbox.control('GET', `/customers/visitor/inbox?account=${BAKERY.username}`);
	return { error: error?.description, got: body.messages.some((message: { text: string }) => message.text === text) };
}
/** The sandbox runs in this process and reads the same clock. */
const later = (days: number) => setClock(Date.now() + days * DAY);

it.each(['flat', 'list'] as const)(
	'an Instagram Login lives on for months, renewed in time (%s answer of the pop-up)',
	async (shape) => {
		const credentials = await connect(shape);
		expect(await answer(credentials, 'first')).toEqual({ error: undefined, got: true });
		const first = dataOf(credentials).access_token;
		for (const [i, days] of [20, 35, 55].entries()) {
			later(days);
			expect(await answer(credentials, `after ${i}`)).toEqual({ error: undefined, got: true });
		}
		expect(dataOf(credentials).access_token).not.toBe(first);
		expect(dataOf(credentials).accounts).toEqual([
			expect.objectContaining({ id: BAKERY.account, username: BAKERY.username }),
		]);
	},
);

it('a login that nobody used for an hour says what to do', async () => {
	const credentials = await connect('flat');
	later(1);
	const { error, got } = await answer(credentials, 'too late');
	expect(got).toBe(false);
	expect(error).toContain(
		'A new login must be used within an hour: choose the account in a node, or run the node once.',
	);
});

it('the secret of the Meta app is not the one of Instagram Login', async () => {
	const credentials = await connect('flat', APP.secret);
	const before = structuredClone(credentials);
	expect(await answer(credentials, 'never')).toMatchObject({
		error: expect.stringContaining('Meta error 1,'),
		got: false,
	});
	expect(credentials).toEqual(before);
});
