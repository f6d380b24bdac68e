import type { NodeOperationError } from 'n8n-workflow';
import { gatherFacts } from '../../../meta/checks/gather';
import { reportOf } from '../../../meta/checks/report';
import type { MetaContext } from '../../../meta/connection';
import type { Account } from '../../../meta/accounts';
import { operation } from '../define';

/** Webhooks have an address of their own (WEBHOOK_URL), which n8n tells in the address that resumes an execution. */
function addressesOf(n8n: MetaContext): { webhooks: string; editor: string } {
	const proxy = 'getWorkflowDataProxy' in n8n ? n8n.getWorkflowDataProxy(0) : undefined;
	const { resumeUrl = '' } = (proxy?.$execution ?? {}) as { resumeUrl?: string };
	return { webhooks: URL.canParse(resumeUrl) ? new URL(resumeUrl).origin : '', editor: n8n.getInstanceBaseUrl() };
}

/** Without an account there is still much to say about a login. */
function accountOf(choose: () => Account): { account?: Account; accountProblem?: { message: string; fix: string } } {
	try {
		return { account: choose() };
	} catch (error) {
		const { message, description } = error as NodeOperationError;
		return { accountProblem: { message, fix: description ?? '' } };
	}
}

export const checkConnection = operation({
	value: 'checkConnection',
	name: 'Check Connection',
	action: 'Check the connection',
	description:
		'Check token, permissions, account, webhook and limits of this login, and say in plain sentences what is wrong and how to mend it',
	neverWaits: true,
	fields: [],
	run: async ({ n8n, connection, account }) => {
		const { account: chosen, accountProblem } = accountOf(account);
		return reportOf(await gatherFacts(n8n, connection, chosen, { addresses: addressesOf(n8n), accountProblem }));
	},
});
