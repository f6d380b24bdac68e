import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NODE = `
exports.Tiny = class {
	constructor() {
		this.description = {
			displayName: 'Tiny', name: 'tiny', group: ['transform'], version: 1, description: 'Test node',
			defaults: { name: 'Tiny' }, inputs: ['main'], outputs: ['main'],
			credentials: [{ name: 'tinyApi', required: false, displayOptions: { show: { auth: ['key'] } } }],
			properties: [
				{ displayName: 'Auth', name: 'auth', type: 'options', default: 'none',
					options: [{ name: 'None', value: 'none' }, { name: 'Key', value: 'key' }] },
				{ displayName: 'Message', name: 'message', type: 'string', default: '' },
			],
		};
		this.methods = {
			listSearch: { async find(filter, token) {
				const key = (await this.getCredentials('tinyApi')).apiKey;
				return { results: [{ name: 'found ' + filter + ' with ' + key, value: token ?? 'first' }] };
			} },
			loadOptions: { async colours() { return [{ name: 'Red', value: 'red' }]; } },
		};
	}
	async execute() {
		const { NodeOperationError } = require('n8n-workflow');
		const message = this.getNodeParameter('message', 0);
		throw new NodeOperationError(this.getNode(), message, { description: 'what to do' });
	}
};`;

const TRIGGER = `
exports.TinyTrigger = class {
	constructor() {
		this.description = {
			displayName: 'Tiny Trigger', name: 'tinyTrigger', group: ['trigger'], version: 2,
			description: 'Test trigger', defaults: { name: 'Tiny Trigger' }, inputs: [], outputs: ['main'],
			webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
			properties: [{ displayName: 'Failure', name: 'failure', type: 'string', default: '' }],
		};
		this.webhookMethods = { default: {
			async checkExists() { return false; },
			async create() {
				const failure = this.getNodeParameter('failure');
				if (failure) throw new Error(failure);
				return true;
			},
			async delete() { return true; },
		} };
	}
	async webhook() { return { workflowData: [[{ json: this.getBodyData() }]] }; }
};`;

const CREDENTIAL = `
exports.TinyApi = class {
	constructor() {
		this.name = 'tinyApi';
		this.displayName = 'Tiny API';
		this.properties = [
			{ displayName: 'Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '' },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		];
		this.authenticate = { type: 'generic', properties: { headers: { 'x-key': '={{$credentials.apiKey}}' } } };
		this.test = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/me' } };
	}
};`;

/** Writes a built community package that needs nothing of ours: a node, a trigger and a credential. */
export async function writeTinyPackage(folder: string): Promise<string> {
	const dist = join(folder, 'dist');
	await mkdir(dist, { recursive: true });
	const manifest = {
		name: 'n8n-nodes-tiny',
		version: '1.0.0',
		files: ['dist'],
		n8n: {
			n8nNodesApiVersion: 1,
			nodes: ['dist/Tiny.node.js', 'dist/TinyTrigger.node.js'],
			credentials: ['dist/TinyApi.credentials.js'],
		},
	};
	await Promise.all([
		writeFile(join(folder, 'package.json'), JSON.stringify(manifest)),
		writeFile(join(dist, 'Tiny.node.js'), NODE),
		writeFile(join(dist, 'TinyTrigger.node.js'), TRIGGER),
		writeFile(join(dist, 'TinyApi.credentials.js'), CREDENTIAL),
	]);
	return folder;
}
