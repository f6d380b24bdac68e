import { graphError, guardNetwork, listenAt } from '../../support/graph.mts';
import { GRAPH, newLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';

guardNetwork();

const declined = ['pages_messaging', 'instagram_manage_messages'];
const LEFT_OUT = 'Left out in the login dialog: pages_messaging, instagram_manage_messages.';

let apps = 0;

async function refusedWith(
	code: number,
	subcode?: number,
	permissions: object | undefined = { granted: ['pages_show_list'], declined },
	status = 400,
) {
	listenAt(GRAPH, () => ({ status, body: graphError(code, subcode) }));
	// An app of its own: what Meta says of too many calls is remembered.
	const { credentials } = newLogin(undefined, { permissions }, { clientSecret: `declined ${++apps}` });
	const options = { rateLimitWait: 0 };
	const { error } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi', options }),
		credentials,
	});
	return String(error?.description);
}

describe('what the person left out in the login dialog', () => {
	it.each([3, 10, 200, 230])('is named where Meta misses a permission (%i)', async (code) => {
		const description = await refusedWith(code);
		expect(description.startsWith(LEFT_OUT)).toBe(true);
		expect(description).toContain(`Meta error ${code},`);
	});

	it.each([
		[190, undefined],
		[190, 463],
		[100, undefined],
		[100, 33],
		[4, undefined],
		[613, undefined],
		[551, undefined],
		[368, undefined],
		[424242, undefined],
	])('is not named where it does not matter (%i/%s)', async (code, subcode) => {
		expect(await refusedWith(code, subcode)).not.toContain('Left out');
	});

	it.each([
		[10, 2534022],
		[10, 2018278],
		[10, 2018108],
		[10, 1893063],
		[200, 2534041],
		[200, 2018028],
	])('is not named where Meta tells another reason (%i/%i)', async (code, subcode) => {
		expect(await refusedWith(code, subcode)).not.toContain('Left out');
	});

	it('is named for a subcode that nobody listed', async () => {
		expect(await refusedWith(10, 424242)).toContain(LEFT_OUT);
	});

	it('does not hide that a write may have been carried out', async () => {
		expect(await refusedWith(200, undefined, undefined, 500)).toContain('The message may or may not have been sent');
	});

	it.each([[{ granted: ['pages_messaging'], declined: [] }], [null]])(
		'is nothing when nothing was, or nobody knows (%j)',
		async (permissions) => {
			expect(await refusedWith(10, undefined, permissions as object)).not.toContain('Left out');
		},
	);

	it('is known of a pasted user token, too', async () => {
		listenAt(GRAPH, () => ({ status: 403, body: graphError(10) }));
		const credentials: Stored = openedLogin(pastedTokens.user, { kind: 'facebookUser', token: 'EAAstored000' });
		const session = JSON.parse(String(credentials[TYPE].tokenSession)) as object;
		credentials[TYPE].tokenSession = JSON.stringify({ ...session, permissions: { granted: [], declined } });
		const { error } = await runNode({
			parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi' }),
			credentials,
		});
		expect(error?.description).toContain(LEFT_OUT);
	});
});
