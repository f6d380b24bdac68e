import { accountFieldsFor, WEBHOOK_FIELDS, type WebhookLogin } from '../../../../nodes/meta/webhooks/fields.ts';
import { guardNetwork } from '../../../support/graph.mts';
import { BAKERY, GRAPH, settledLogin } from '../../../support/logins.mts';
import { jsons, operationOf } from '../../../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../../../support/pastedTokens.mts';
import { runNode } from '../../../support/runNode.mts';
import { bodies, names, subscriptionServer, type State } from '../../../support/subscriptionServer.mts';

guardNetwork();

const LOGINS = {
	facebook: { host: GRAPH, credentials: () => settledLogin(), fields: {} },
	instagram: {
		host: INSTAGRAM,
		credentials: () => openedLogin(pastedTokens.instagram, { kind: 'instagram', token: pastedTokens.instagram }),
		fields: { authentication: TYPE },
	},
};
const ALL = WEBHOOK_FIELDS.map(({ field }) => field);

/** Subscribes the bakery, and says what Meta got and what came out. */
async function subscribe(login: WebhookLogin, state: State, fields: string[] = ALL) {
	const { host, credentials, fields: more } = LOGINS[login];
	const calls = subscriptionServer(state, host);
	const parameters = operationOf('webhook', 'subscribe', { accounts: 'all', fields, webhookUrl: '', ...more });
	const { items, error } = await runNode({ credentials: credentials(), parameters });
	const sent = bodies(calls).map(({ subscribed_fields }) => names(subscribed_fields));
	return { sent, error, account: (jsons(items)[0]?.accounts as object[] | undefined)?.[0] };
}

const everyField = (['facebook', 'instagram'] as const).flatMap((login) =>
	accountFieldsFor(ALL, login).map((field) => [login, field] as const),
);

describe('webhook: subscribe, when Meta does not know a field', () => {
	it.each(everyField)('with %s Login leaves %s out, keeps all others, and says so', async (login, field) => {
		const { sent, account, error } = await subscribe(login, { page: ['ratings'], unknown: [field] });
		expect(error).toBeUndefined();
		const all = [...accountFieldsFor(ALL, login), 'ratings'].sort();
		expect(sent).toEqual([all, all.filter((name) => name !== field)]);
		expect(account).toMatchObject({ changed: true, leftOut: [field], note: expect.stringContaining(`(${field})`) });
	});

	it('leaves several out at once, also one of somebody else, and names in words what does not arrive', async () => {
		const { sent, account } = await subscribe(
			'facebook',
			{ page: ['retired'], unknown: ['retired', 'message_edits', 'standby'] },
			['messages', 'message_edit', 'standby'],
		);
		expect(sent).toEqual([['message_edits', 'messages', 'retired', 'standby'], ['messages']]);
		expect(account).toEqual({
			id: BAKERY.id,
			username: BAKERY.username,
			fields: ['messages'],
			changed: true,
			leftOut: ['retired', 'message_edits', 'standby'],
			note: 'Meta does not know these fields, so nothing arrives through them: retired; Message Edits (message_edits); Standby (standby)',
		});
	});

	it('does not write again what is there already, so that a schedule costs one refusal', async () => {
		const { sent, account } = await subscribe('facebook', { page: ['messages'], unknown: ['standby'] }, [
			'messages',
			'standby',
		]);
		expect(sent).toEqual([['messages', 'standby']]);
		expect(account).toMatchObject({ fields: ['messages'], changed: false, leftOut: ['standby'] });
	});

	it.each<[string, State, string[], string]>([
		['knows none of them', { unknown: ['standby'] }, ['standby'], 'must be one of'],
		['does not say which', { unknown: ['standby'], isSilent: true }, ['messages', 'standby'], 'Invalid parameter'],
	])('fails, names the fields and does not try again when Meta %s', async (_what, state, fields, told) => {
		const { sent, error } = await subscribe('facebook', state, fields);
		expect(sent).toHaveLength(1);
		expect(error?.message).toBe('Meta refused the webhook fields of @sandbox_bakery');
		expect(error?.description).toContain(`asked for: ${fields.join(', ')}`);
		expect(error?.description).toContain(told);
	});

	it('tells any other refusal as it is', async () => {
		const { sent, error } = await subscribe('facebook', { refuse: `POST /${BAKERY.pageId}/subscribed_apps` });
		expect(sent).toHaveLength(1);
		expect(error?.message).toContain('Meta could not verify');
	});
});
