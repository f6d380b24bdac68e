import { line, listenAt, type Received } from '../support/graph.mts';
import { BAKERY } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { INSTAGRAM, pastedTokens, TYPE } from '../support/pastedTokens.mts';
import { runNode, type Stored } from '../support/runNode.mts';

/** Sends a message with a pasted token. */
export async function send(credentials: Stored) {
	return await runNode({
		parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi' }),
		credentials,
	});
}

/** What was called, and with which token. */
export function signers(calls: Received[]) {
	return calls.map((call) => [line(call), call.authorization?.replace('Bearer ', '')]);
}

/** graph.instagram.com; renews a token unless told otherwise. */
export function instagram(
	renewal: { status?: number; body: unknown } = { body: { access_token: pastedTokens.renewed, expires_in: 5_184_000 } },
	me: unknown = { user_id: BAKERY.id, username: BAKERY.username, name: 'Bakery' },
) {
	return listenAt(INSTAGRAM, (request) => {
		if (request.path === '/refresh_access_token') return renewal;
		if (line(request) === 'GET /me') return { body: me };
		return { body: { message_id: 'aWdfZ1', recipient_id: '777' } };
	});
}
