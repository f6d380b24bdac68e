import { APP, BAKERY, IG_APP, start, type Started } from '../../sandbox/support.mts';
import { triggerHooks } from '../../support/contexts.mts';
import { operationOf } from '../../support/parameters.mts';
import { TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';
import { connectAt, pasteAt } from '../../support/sandboxLogins.mts';

const NAME = 'instagramFacebookLoginOAuth2Api';
const SYSTEM_USER = '122100000000000002';
let sandbox: Started;
beforeEach(async () => {
	sandbox = await start({ seed: { requireAppSecret: true } });
});
afterEach(async () => await sandbox.close());

const app = { appId: APP.id, appSecret: APP.secret };

/** Answers a customer, and reads as a Page and as the person. */
async function work(type: string, credentials: Stored) {
	await sandbox.write('visitor', 'Do you ship to Norway?');
	const account = { __rl: true, mode: 'id', value: BAKERY.username };
	const runs: Array<[string, string, object]> = [
		['message', 'sendText', { recipientId: await sandbox.scopedId('visitor'), text: 'Yes' }],
		['conversation', 'getMany', { returnAll: true }],
		['account', 'getMany', { returnAll: true }],
	];
	const results = [];
	for (const [resource, operation, more] of runs) {
		results.push(
			await runNode({
				parameters: operationOf(resource, operation, { authentication: type, account, ...more }),
				credentials,
			}),
		);
	}
	const { body } = await sandbox.control('GET', `/customers/visitor/inbox?account=${BAKERY.username}`);
	return {
		results,
		errors: results.map(({ error }) => error?.description),
		inbox: body.messages.map(({ text }: { text: string }) => text),
	};
}
const fine = { errors: [undefined, undefined, undefined], inbox: ['Do you ship to Norway?', 'Yes'] };

it('the sandbox refuses what does not prove its token', async () => {
	const { status, body } = await sandbox.graph('GET', '/me', await sandbox.token('user'));
	expect([status, body.error.code, body.error.type]).toEqual([400, 100, 'GraphMethodException']);
});

describe('an app with Require App Secret', () => {
	it('works with Facebook Login, from the first use on', async () => {
		const credentials = await connectAt(sandbox);
		expect(await work(NAME, credentials)).toMatchObject(fine);
	});

	it('lets the trigger read as the app, and read and write as the Page', async () => {
		const hooks = (setup: string, credentials: Stored) =>
			triggerHooks({ authentication: NAME, setup, accounts: [], events: ['message'], options: {} }, credentials);
		const credentials = await connectAt(sandbox, {}, { webhookVerifyToken: 'chosen' });
		expect(await hooks('automatic', credentials).checkExists()).toBe(false);
		expect(await hooks('manual', credentials).checkExists()).toBe(false);
		await hooks('manual', credentials).create();
		expect(await hooks('manual', credentials).checkExists()).toBe(true);
	});

	it.each([
		['user', {}],
		['longUser', {}],
		['page', { page: BAKERY.username }],
		['systemUser', { user: SYSTEM_USER }],
	])('works with a pasted token and its app: %s', async (kind, more) => {
		expect(await work(TYPE, pasteAt(sandbox, await sandbox.token(kind, more)))).toMatchObject(fine);
	});

	it.each([
		['none', {}],
		['another one', { ...app, appSecret: 'b5d0000000000000000000000000c0de' }],
	])('says that the secret does not fit: %s', async (_which, more) => {
		const { errors, inbox } = await work(TYPE, pasteAt(sandbox, await sandbox.token('user'), more));
		for (const error of errors) expect(error).toContain('The app secret does not fit the access token');
		expect(inbox).toEqual(['Do you ship to Norway?']);
	});

	it('does not matter to Instagram Login', async () => {
		const token = await sandbox.token('instagram');
		const { errors, inbox } = await work(TYPE, pasteAt(sandbox, token, { appId: IG_APP.id, appSecret: IG_APP.secret }));
		expect({ errors, inbox }).toEqual(fine);
	});
});
