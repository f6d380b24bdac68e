import type { CredentialRef, WorkflowJson, WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { textsOf, type ModelAnswer, type ModelRequest } from './modelStub.mts';
import { ACCOUNT, ACTION } from './support.mts';

export const FACEBOOK = 'instagramFacebookLoginOAuth2Api';

/** What the model says to a customer's message; nothing more after a tool that has written to the customer. */
export function say(request: ModelRequest, afterTool: boolean): ModelAnswer {
	const question = textsOf(request, 'user').at(-1) ?? '';
	const toolResult = textsOf(request, 'tool').at(-1) ?? '';
	if (/break/.test(question)) throw new Error('the model is down');
	if (/Which sizes/.test(question)) {
		const buttons = [
			{ content_type: 'text', title: 'Small' },
			{ content_type: 'text', title: 'Large' },
		];
		return afterTool ? { text: '' } : { tool: 'Ask_with_buttons', args: { question: 'Which size?', buttons } };
	}
	if (/a human/.test(question))
		return afterTool ? { text: 'Bye.' } : { tool: 'Hand_over_to_a_person', args: { message: 'Anna takes over.' } };
	if (/who I am/.test(question))
		return afterTool
			? { text: `You are ${/"username":\s*"(\w+)"/.exec(toolResult.replace(/\\/g, ''))?.[1] ?? 'nobody'}.` }
			: { tool: 'Look_up_the_customer', args: {} };
	return { text: `Answer to: ${question}` };
}

/** A node of a workflow. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	more: object = {},
): WorkflowNode {
	return { id: `node-${name}`, name, type, typeVersion, position: [0, 0], parameters, ...more } as WorkflowNode;
}

/** What an Instagram node does as the account, and to whom. */
export function by(person: string) {
	return {
		authentication: FACEBOOK,
		account: { __rl: true, mode: 'id', value: ACCOUNT },
		personId: { __rl: true, mode: 'id', value: person },
		recipientId: { __rl: true, mode: 'id', value: person },
	};
}

const link = (to: string, type: string) => ({ [type]: [[{ node: to, type, index: 0 }]] });

/** An agent that wants to know who a person is; `between` stands between agent and tool. */
export function agentWorkflow(
	path: string,
	person: string,
	{ instagram, openAi }: Record<'instagram' | 'openAi', CredentialRef>,
	between?: WorkflowNode,
): WorkflowJson {
	return {
		name: path,
		nodes: [
			node('Start', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', options: {} }, { webhookId: path }),
			node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 3, {
				promptType: 'define',
				text: 'Tell me who I am',
				options: {},
			}),
			node(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.2,
				{ model: { __rl: true, mode: 'id', value: 'gpt-4.1-mini' }, options: {} },
				{ credentials: { openAiApi: openAi } },
			),
			...(between ? [between] : []),
			node(
				'Look up the customer',
				`${ACTION}Tool`,
				1,
				{ ...by(person), descriptionType: 'auto', resource: 'person', operation: 'getProfile' },
				{ credentials: { [FACEBOOK]: instagram } },
			),
		],
		connections: {
			Start: link('AI Agent', 'main'),
			Model: link('AI Agent', 'ai_languageModel'),
			...(between ? { [between.name]: link('AI Agent', 'ai_tool') } : {}),
			'Look up the customer': link(between?.name ?? 'AI Agent', 'ai_tool'),
		},
	};
}
