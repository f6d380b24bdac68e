import { BAKERY } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { runNode, type Stored } from '../../support/runNode.mts';

export const NAME = 'instagramFacebookLoginOAuth2Api';

/** Sends a message as the bakery. */
export async function send(credentials: Stored) {
	return await runNode({
		parameters: operationOf('message', 'sendText', {
			recipientId: '777',
			text: 'Hi',
			account: { __rl: true, mode: 'id', value: BAKERY.id },
		}),
		credentials,
	});
}
