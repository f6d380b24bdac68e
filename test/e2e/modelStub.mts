import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type ToolCall = { id: string; type: 'function'; function: { name: string; arguments: string } };
type Message = {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string | Array<{ text?: string }> | null;
	tool_calls?: ToolCall[];
};
type Tool = {
	type: 'function';
	function: {
		name: string;
		description: string;
		parameters: { type: string; properties: Record<string, object>; required?: string[] };
	};
};

/** What a chat model is asked over OpenAI's protocol. */
export type ModelRequest = { model: string; messages: Message[]; tools?: Tool[]; stream?: boolean };
/** What it answers: a text, or a tool to call. */
export type ModelAnswer = { text: string } | { tool: string; args: object };

const textOf = ({ content }: Message): string =>
	Array.isArray(content) ? content.map(({ text }) => text ?? '').join('') : (content ?? '');

/** The texts of a request by role, oldest first. */
export function textsOf({ messages }: ModelRequest, role: Message['role']): string[] {
	return messages.filter((message) => message.role === role).map(textOf);
}

async function bodyOf(request: IncomingMessage): Promise<ModelRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString()) as ModelRequest;
}

/**
 * A model behind OpenAI's protocol, on loopback, that answers what the test says.
 * @param answer gets the request, and whether its newest message is the result of a tool
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export async function startModel(answer: (request: ModelRequest, afterTool: boolean) => ModelAnswer) {
	const requests: ModelRequest[] = [];
	const keys = new Set<string>();
	const server = createServer((request, response) => {
		void (async () => {
			if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return response.writeHead(404).end();
			const body = await bodyOf(request);
			if (body.stream)
				return response
					.writeHead(400, { 'content-type': 'application/json' })
					.end('{"error":{"message":"no streams here"}}');
			requests.push(body);
			keys.add(String(request.headers.authorization));
			const said = answer(body, body.messages.at(-1)?.role === 'tool');
			const calls =
				'tool' in said
					? [
							{
								id: `call_${requests.length}`,
								type: 'function',
								function: { name: said.tool, arguments: JSON.stringify(said.args) },
							},
						]
					: undefined;
			const message = {
				role: 'assistant',
				content: 'text' in said ? said.text : null,
				...(calls ? { tool_calls: calls } : {}),
			};
			response.writeHead(200, { 'content-type': 'application/json' }).end(
				JSON.stringify({
					id: `chatcmpl-${requests.length}`,
					object: 'chat.completion',
					created: Math.floor(Date.now() / 1000),
					model: body.model,
					choices: [{ index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		})().catch((error: Error) => response.writeHead(500).end(error.message));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		/** The `Authorization` headers that came. */
		keys,
		close: async () => await new Promise((done) => server.close(done)),
	};
}

export type Model = Awaited<ReturnType<typeof startModel>>;
