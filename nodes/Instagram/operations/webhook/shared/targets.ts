import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { chooseAccount } from '../../../../meta/login/chooseAccount';
import type { Account } from '../../../../meta/accounts';
import { WEBHOOK_FIELDS } from '../../../../meta/webhooks/fields';
import type { RunContext } from '../../define';
import { accountField } from '../../shared/accountField';

/** Which accounts an operation of the Webhook resource is about; `more` adds choices. */
export function accountsFields(preselected: 'all' | 'one', more: INodePropertyOptions[] = []): INodeProperties[] {
	const firstChoice: string = preselected;
	return [
		{
			displayName: 'Accounts',
			name: 'accounts',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'All Accounts', value: 'all', description: 'Every account that the login reaches' },
				...more,
				{ name: 'One Account', value: 'one', description: 'The account below' },
			],
			default: firstChoice,
			description: 'Which accounts this is about',
		},
		{ ...accountField, displayOptions: { show: { accounts: ['one'] } } },
	];
}

/** @throws NodeOperationError when the login reaches none */
export async function chosenAccounts({ connection, fail, itemIndex, n8n, param }: RunContext): Promise<Account[]> {
	const choice = param<string>('accounts', 'all');
	if (choice === 'none') return [];
	if (choice === 'one') return [await chooseAccount(n8n, connection, String(param('account', '') ?? ''), itemIndex)];
	const { accounts } = connection.reach;
	if (accounts.length === 0)
		throw fail(
			'This login reaches no Instagram account',
			'Connect the credential again, and tick the Pages of the accounts.',
		);
	return accounts;
}

/** The field for the address of a trigger. */
export function webhookUrlField(description: string): INodeProperties {
	return {
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/0d9f7a1e-52c4-4a3c-8f0b-7d7a4f6f1b01/webhook',
		description,
	};
}

/** Fields of Meta's webhooks, by the names that the app knows. */
export function webhookFieldsField(description: string): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: WEBHOOK_FIELDS.map(({ field, name, onlyWith }) => ({
			name,
			value: field,
			description: `Meta's field "${field}"${onlyWith ? `, with ${onlyWith === 'facebook' ? 'Facebook' : 'Instagram'} Login only` : ''}`,
		})),
		default: [],
		description,
	};
}

/** One failing account must not keep the others from being done; afterwards it is told. */
export async function forEachAccount<T>(
	accounts: Account[],
	run: (account: Account) => Promise<T>,
	fail: RunContext['fail'],
	what: string,
): Promise<T[]> {
	const done: T[] = [];
	const failures: Array<{ account: Account; error: Error & { description?: string | null } }> = [];
	for (const account of accounts) {
		try {
			done.push(await run(account));
		} catch (error) {
			failures.push({ account, error: error as Error });
		}
	}
	if (failures.length === 0) return done;
	if (accounts.length === 1) throw failures[0].error;
	const list = failures.map(({ account, error }) =>
		`@${account.username}: ${error.message}. ${error.description ?? ''}`.trim(),
	);
	throw fail(`${failures.length} of ${accounts.length} accounts could not be ${what}`, list.join(' '));
}
