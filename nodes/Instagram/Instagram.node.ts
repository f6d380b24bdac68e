import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription, NodeExecutionHint } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { authenticationField, credentialsByAuthentication } from '../authentication';
import { openConnection } from '../meta/connection';
import type { CredentialType } from '../meta/context';
import { asItemError } from '../meta/errors';
import { searchAccounts } from './listSearch/searchAccounts';
import { searchConversations } from './listSearch/searchConversations';
import { resources } from './operations';
import { describeResources, findOperation } from './operations/define';
import { accountField } from './operations/fields';
import { runContext } from './operations/context';

const UNSTORED: NodeExecutionHint = {
	message: 'This n8n cannot store the renewed login: it ends when n8n restarts. Use the credential "Instagram Access Token API", which n8n stores.',
	type: 'warning',
	location: 'outputPane',
};

export class Instagram implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instagram',
		name: 'instagram',
		icon: { light: 'file:instagram.svg', dark: 'file:instagram.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Answer messages, publish and read with Instagram professional accounts',
		defaults: { name: 'Instagram' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsByAuthentication,
		properties: [
			authenticationField,
			...describeResources(resources, accountField),
		],
	};

	methods = { listSearch: { searchAccounts, searchConversations } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		const connections = new Map<string, ReturnType<typeof openConnection>>();
		const connect = async (type: CredentialType) => {
			const opened = connections.get(type) ?? openConnection(this, type);
			connections.set(type, opened);
			return await opened;
		};
		for (let i = 0; i < items.length; i++) {
			try {
				const connection = await connect(this.getNodeParameter('authentication', i) as CredentialType);
				const chosen = findOperation(
					resources,
					this.getNodeParameter('resource', i) as string,
					this.getNodeParameter('operation', i) as string,
				);
				const result = await chosen.run(await runContext(this, connection, chosen, i));
				const rows = this.helpers.returnJsonArray(result as IDataObject | IDataObject[]);
				output.push(...this.helpers.constructExecutionMetaData(rows, { itemData: { item: i } }));
			} catch (error) {
				const failure = asItemError(this.getNode(), error, i);
				if (!this.continueOnFail()) throw failure;
				// No `error` beside `json`: n8n would then cut the item down to its message. These keys also reach the error output.
				output.push({ json: { error: failure.message, details: failure.description }, pairedItem: { item: i } });
			}
		}
		const opened = await Promise.allSettled(connections.values());
		if (opened.some((outcome) => outcome.status === 'fulfilled' && outcome.value.isUnstored)) this.addExecutionHints(UNSTORED);
		return [output];
	}
}
