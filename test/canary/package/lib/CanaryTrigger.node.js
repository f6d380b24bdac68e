/** Tells the outside what n8n does with a trigger, in the order in which it happens. */
async function tell(ctx, happened, more = {}) {
	const url = `${ctx.getNodeParameter('baseUrl')}/told`;
	await ctx.helpers.httpRequest({ method: 'POST', url, body: { happened, ...more }, json: true });
}

/** Holds a request until its sender is gone, and tells how n8n ends the response all the same. */
async function outlive(ctx, response) {
	const end = response.end.bind(response);
	response.end = (...args) => {
		void tell(ctx, 'ended', { status: response.statusCode });
		return end(...args);
	};
	const isGone = new Promise((resolve) => response.once('close', resolve));
	await tell(ctx, 'held');
	await isGone;
}

exports.CanaryTrigger = class {
	constructor() {
		this.description = {
			displayName: 'Canary Trigger',
			name: 'canaryTrigger',
			group: ['trigger'],
			version: 2,
			description: 'Shows what n8n does',
			defaults: { name: 'Canary Trigger' },
			inputs: [],
			outputs: ['main'],
			webhooks: [
				{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook' },
				{
					name: 'default',
					httpMethod: 'POST',
					responseMode: 'onReceived',
					responseData: 'EVENT_RECEIVED',
					path: 'webhook',
				},
			],
			properties: [{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' }],
		};
		this.webhookMethods = {
			default: {
				async checkExists() {
					await tell(this, 'checkExists');
					return false;
				},
				async create() {
					const address = this.getNodeWebhookUrl('default');
					const challenge = await this.helpers
						.httpRequest({ method: 'GET', url: `${address}?challenge=7` })
						.catch((error) => error.message);
					this.getWorkflowStaticData('node').note = 'of create';
					await tell(this, 'create', { challenge: String(challenge) });
					return true;
				},
				async delete() {
					await tell(this, 'delete', { note: this.getWorkflowStaticData('node').note ?? null });
					return true;
				},
			},
		};
	}

	async webhook() {
		const request = this.getRequestObject();
		const response = this.getResponseObject();
		if (this.getWebhookName() === 'setup') {
			response.status(200).send(String(request.query.challenge)).end();
			return { noWebhookResponse: true };
		}
		const raw = Buffer.isBuffer(request.rawBody) ? request.rawBody.toString('base64') : null;
		if (request.headers['x-forged']) {
			response.status(401).send('no').end();
			return { noWebhookResponse: true };
		}
		if (request.headers['x-hang-up']) await outlive(this, response);
		return { workflowData: [[{ json: { raw } }]] };
	}
};
