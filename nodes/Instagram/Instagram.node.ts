import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { authenticationField, credentialsByAuthentication } from '../shared/authentication';
import type { Connection } from '../meta/context';
import { UNSTORED_WORDS } from '../meta/login/storeTokens';
import { runItems } from './run/runItems';
import { searchAccounts } from './listSearch/searchAccounts';
import { searchConversations } from './listSearch/searchConversations';
import { searchPeople } from './listSearch/searchPeople';
import { searchPosts } from './listSearch/searchPosts';
import { toldWhole } from './listSearch/withFullMessage';
import { resources } from './operations';
import { describeResources } from './operations/define';
import { accountField } from './operations/shared/accountField';
import { receiveAnswer } from './sendAndWait/receiveAnswer';
import { answerWebhooks } from './sendAndWait/webhooks';

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
		waitingNodeTooltip: 'Execution will continue when the person has answered',
		webhooks: answerWebhooks,
		properties: [authenticationField, ...describeResources(resources, accountField)],
	};

	methods = {
		listSearch: {
			searchAccounts: toldWhole(searchAccounts),
			searchConversations: toldWhole(searchConversations),
			searchPeople: toldWhole(searchPeople),
			searchPosts: toldWhole(searchPosts),
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveAnswer(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const opened = new Set<Connection>();
		const output = await runItems(this, (connection) => opened.add(connection));
		for (const why of new Set([...opened].map(({ unstored }) => unstored?.why))) {
			if (why) this.addExecutionHints({ message: UNSTORED_WORDS[why], type: 'warning', location: 'outputPane' });
		}
		return [output];
	}
}
