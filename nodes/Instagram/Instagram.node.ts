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
import type { Connection } from '../meta/connection';
import { endingWords } from '../meta/login/prepare';
import { unstoredWords } from '../meta/login/storeTokens';
import { runItems } from './run/runItems';
import { searchAccounts } from './listSearch/searchAccounts';
import { searchConversations } from './listSearch/searchConversations';
import { searchPeople } from './listSearch/searchPeople';
import { searchPosts } from './listSearch/searchPosts';
import { withFullMessage } from './listSearch/withFullMessage';
import { resources } from './operations';
import { describeResources } from './operations/define';
import { accountField } from './operations/shared/accountField';
import { receiveAnswer } from './sendAndWait/receiveAnswer';
import { answerWebhooks } from './sendAndWait/webhooks';

/** The action node: its description, and the run of its items. */
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
			searchAccounts: withFullMessage(searchAccounts),
			searchConversations: withFullMessage(searchConversations),
			searchPeople: withFullMessage(searchPeople),
			searchPosts: withFullMessage(searchPosts),
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveAnswer(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const opened = new Set<Connection>();
		const output = await runItems(this, (connection) => opened.add(connection));
		const words = [...opened].flatMap(({ advice, credentialType, endsAt, unstored }) => [
			...(unstored ? [unstoredWords(credentialType, unstored.why)] : []),
			...(endsAt ? [endingWords(endsAt, advice)] : []),
		]);
		for (const message of new Set(words.map((said) => `${said.message} ${said.fix}`)))
			this.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		return [output];
	}
}
