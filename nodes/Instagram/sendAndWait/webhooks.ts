import type { IWebhookDescription } from 'n8n-workflow';

const resume = (httpMethod: 'GET' | 'POST'): IWebhookDescription => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

/** Addresses of a waiting execution, as n8n's own Send and Wait nodes have them: GET shows the page, POST answers. */
export const answerWebhooks: IWebhookDescription[] = [resume('GET'), resume('POST')];
