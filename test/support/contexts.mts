import { additionalDataOf, BASE, nodeOf, workflowOf } from './workflow.mts';
import { HookContext, LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { InstagramTrigger } from '../../nodes/InstagramTrigger/InstagramTrigger.node.ts';
import type { Stored } from './memoryCredentials.mts';

const node = new Instagram();
const trigger = new InstagramTrigger();

function editor(type: string, parameters: IDataObject, credentials: Stored) {
	const stored = nodeOf(type, parameters, credentials);
	const data = additionalDataOf(credentials, [stored], { currentNodeParameters: parameters });
	return new LoadOptionsContext(workflowOf([stored]), stored, data, '');
}

/** Opens a picker of the action node as n8n's editor does. */
export async function search(
	method: 'searchAccounts' | 'searchConversations' | 'searchPosts',
	parameters: IDataObject,
	credentials: Stored,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await node.methods.listSearch[method].call(
		editor('instagram', parameters, credentials),
		filter,
		paginationToken,
	);
}

/** Fills the Accounts field of the trigger. */
export async function triggerAccounts(parameters: IDataObject, credentials: Stored): Promise<INodePropertyOptions[]> {
	return await trigger.methods.loadOptions.getAccounts.call(editor('instagramTrigger', parameters, credentials));
}

/** The life of a trigger at Meta, as n8n walks through it when a workflow is activated and deactivated. */
export function triggerHooks(parameters: IDataObject, credentials: Stored, isTest = false, base = BASE) {
	const stored = nodeOf('instagramTrigger', parameters, credentials, { webhookId: 'hook-id' });
	const webhook = { webhookDescription: trigger.description.webhooks?.find(({ name }) => name === 'default'), isTest };
	const mode = isTest ? 'manual' : 'trigger';
	const context = () =>
		new HookContext(
			workflowOf([stored]),
			stored,
			additionalDataOf(credentials, [stored], { webhookBaseUrl: `${base}/webhook` }),
			mode,
			isTest ? 'manual' : 'activate',
			webhook as never,
		);
	const { checkExists, create, delete: remove } = trigger.webhookMethods.default;
	return {
		checkExists: async () => await checkExists.call(context()),
		create: async () => await create.call(context()),
		delete: async () => await remove.call(context()),
	};
}
