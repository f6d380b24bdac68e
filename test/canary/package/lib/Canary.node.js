const { NodeApiError, sleep } = require('n8n-workflow');

const OAUTH2 = 'canaryOAuth2Api';

/** One small program for each behaviour; each returns what it saw. */
const programs = {
	/** Sends a call that is refused, which starts n8n's refresh; then says what n8n has stored. */
	async refresh({ status }) {
		const { baseUrl } = await this.getCredentials(OAUTH2);
		const call = { method: 'GET', url: `${baseUrl}/refused`, json: true };
		await this.helpers.httpRequestWithAuthentication
			.call(this, OAUTH2, call, { oauth2: { tokenExpiredStatusCode: status } })
			.catch(() => undefined);
		const { oauthTokenData, beside } = await this.getCredentials(OAUTH2);
		return {
			token: oauthTokenData.access_token,
			extra: oauthTokenData.extra ?? null,
			isBesideStored: beside !== undefined,
		};
	},
	/** Stores token data with the function behind n8n's refresh, and other fields with it, which must not change. */
	async store() {
		const credentials = await this.getCredentials(OAUTH2);
		const { credentialsHelper } = this.additionalData ?? {};
		if (typeof credentialsHelper?.updateCredentialsOauthTokenData !== 'function') return { isOffered: false };
		const changed = {
			...credentials,
			oauthTokenData: { access_token: 'stored', nested: { token: 'nested' } },
			clientId: 'another',
		};
		await credentialsHelper.updateCredentialsOauthTokenData(
			this.getNode().credentials[OAUTH2],
			OAUTH2,
			changed,
			this.additionalData,
		);
		const { oauthTokenData, clientId } = await this.getCredentials(OAUTH2);
		return { isOffered: true, token: oauthTokenData.access_token, clientId };
	},
	/** Signs with a token deep in the token data, and with one that goes into a header as it is. */
	async sign() {
		const { baseUrl } = await this.getCredentials(OAUTH2);
		const call = async (oauth2) =>
			await this.helpers.httpRequestWithAuthentication.call(
				this,
				OAUTH2,
				{ method: 'GET', url: `${baseUrl}/ok`, json: true },
				{ oauth2 },
			);
		const bearer = await call({ property: 'nested.token' });
		const plain = await call({ property: 'nested.token', keyToIncludeInAccessTokenHeader: 'Authorization' });
		return { bearer: bearer.authorization, plain: plain.authorization };
	},
	/** Uses the credential that renews itself. */
	async renew() {
		const { baseUrl } = await this.getCredentials('canaryApi');
		const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'canaryApi', {
			method: 'GET',
			url: `${baseUrl}/ok`,
			json: true,
		});
		return { authorization: answer.authorization, stored: (await this.getCredentials('canaryApi')).session };
	},
	/** Makes a file and the signed address under which anybody gets it. */
	async link() {
		const { createBinarySignedUrl, prepareBinaryData } = this.helpers;
		if (typeof createBinarySignedUrl !== 'function') return { url: null };
		return { url: createBinarySignedUrl(await prepareBinaryData(Buffer.from('canary'), 'canary.txt'), '1 hour') };
	},
	/** Records the same key twice, beside the execution's data. */
	async once({ key }) {
		const options = { mode: 'entries', maxEntries: 100 };
		const first = await this.helpers.checkProcessedAndRecord([key], 'node', options);
		const second = await this.helpers.checkProcessedAndRecord([key], 'node', options);
		return { first: first.new.length, second: second.new.length };
	},
	/** Fails at the first try, and says at the second what the first left in the node's context. */
	async remember() {
		const context = this.getContext('node');
		if (context.note === undefined) {
			context.note = 'of the first try';
			throw new Error('again');
		}
		return { note: context.note };
	},
	async fail() {
		throw new NodeApiError(this.getNode(), {}, { message: 'refused', failure: { cause: 'credential-invalid' } });
	},
	async hint() {
		if (typeof this.addExecutionHints !== 'function') return { isOffered: false };
		this.addExecutionHints({ message: 'a hint', location: 'outputPane' });
		return { isOffered: true };
	},
	/** Waits for a person at an address that only n8n can have made. */
	async wait() {
		if (typeof this.getSignedResumeUrl !== 'function') return { url: null };
		// n8n 1 wants to be asked for it.
		this.setSignatureValidationRequired?.();
		const url = this.getSignedResumeUrl({ answer: 'yes' });
		await this.putExecutionToWait(new Date(Date.now() + 3_600_000));
		return { url };
	},
	/** Waits to be cancelled, and tells the outside when it was. */
	async cancelled({ url }) {
		const signal = this.getExecutionCancelSignal?.();
		const tell = async (happened) =>
			await this.helpers.httpRequest({ method: 'POST', url, body: { happened }, json: true });
		await tell('started');
		for (let tries = 0; tries < 100 && signal && !signal.aborted; tries++) await sleep(50);
		if (signal?.aborted) await tell('cancelled');
		return {};
	},
};

const webhook = (httpMethod) => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

exports.Canary = class {
	constructor() {
		this.description = {
			displayName: 'Canary',
			name: 'canary',
			group: ['transform'],
			version: 1,
			description: 'Shows what n8n does',
			defaults: { name: 'Canary' },
			inputs: ['main'],
			outputs: ['main'],
			usableAsTool: true,
			webhooks: [webhook('GET'), webhook('POST')],
			credentials: [
				{ name: OAUTH2, required: true, displayOptions: { show: { authentication: [OAUTH2] } } },
				{ name: 'canaryApi', required: true, displayOptions: { show: { authentication: ['canaryApi'] } } },
			],
			properties: [
				{
					displayName: 'Authentication',
					name: 'authentication',
					type: 'options',
					default: 'none',
					options: ['none', OAUTH2, 'canaryApi'].map((value) => ({ name: value, value })),
				},
				{ displayName: 'Operation', name: 'operation', type: 'string', default: '' },
				{ displayName: 'Program', name: 'program', type: 'string', default: '' },
				{ displayName: 'Input', name: 'input', type: 'json', default: '{}' },
			],
		};
	}

	async webhook() {
		return { webhookResponse: 'thanks', workflowData: [[{ json: { answered: true } }]] };
	}

	async execute() {
		const input = JSON.parse(this.getNodeParameter('input', 0));
		if (input.items) return [input.items];
		return [[{ json: await programs[this.getNodeParameter('program', 0)].call(this, input), pairedItem: { item: 0 } }]];
	}
};
