import type { INodeProperties } from 'n8n-workflow';
import { InstagramAccessTokenApi } from '../../credentials/InstagramAccessTokenApi.credentials.ts';
import { InstagramFacebookLoginOAuth2Api } from '../../credentials/InstagramFacebookLoginOAuth2Api.credentials.ts';
import { InstagramLoginOAuth2Api } from '../../credentials/InstagramLoginOAuth2Api.credentials.ts';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { InstagramTrigger } from '../../nodes/InstagramTrigger/InstagramTrigger.node.ts';
import { readJson, sourcesIn } from '../support/sources.mts';
import { descriptionFaults, expressionsIn } from './descriptionRules.mts';

const nodes = [new Instagram(), new InstagramTrigger()];
const credentials = [
	new InstagramFacebookLoginOAuth2Api(),
	new InstagramLoginOAuth2Api(),
	new InstagramAccessTokenApi(),
];
type Package = {
	name: string;
	homepage: string;
	n8n: { nodes: string[]; credentials: string[] };
	dependencies?: object;
	peerDependencies: object;
	files: string[];
};
const manifest = readJson<Package>('package.json');

describe('the fields of a node', () => {
	it.each(nodes.map(({ description }) => [description.displayName, description] as const))(
		'%s: are complete and in order',
		(_name, description) => {
			expect(descriptionFaults(description)).toEqual([]);
		},
	);

	const option = (value: string) => ({ name: value, value, action: 'Do it', description: 'Does it' });
	const field = (more: Partial<INodeProperties>): INodeProperties => ({
		displayName: 'X',
		name: 'x',
		type: 'string',
		default: '',
		description: 'An X',
		...more,
	});
	const resource = field({
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [option('post')],
		default: 'post',
	});
	const operation = field({
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [option('get'), option('hide')],
		default: 'get',
		displayOptions: { show: { resource: ['post'] } },
	});
	const show = { displayOptions: { show: { resource: ['post'], operation: ['get'] } } };

	it.each<[string, INodeProperties[], string]>([
		['a value twice', [resource, { ...operation, options: [option('get'), option('get')] }], 'operation: "get" twice'],
		[
			'a default that is no option',
			[resource, { ...operation, default: 'fetch' }],
			'operation: default "fetch" is no option',
		],
		[
			'options out of order',
			[resource, { ...operation, options: [option('hide'), option('get')] }],
			'operation: options not in alphabetical order',
		],
		[
			'an operation without action',
			[resource, { ...operation, options: [{ name: 'get', value: 'get' }] }],
			'post/get: no action or description',
		],
		[
			'a selector that takes expressions',
			[resource, { ...operation, noDataExpression: false }],
			'operation: takes expressions',
		],
		['a resource without operations', [resource], 'post: no operations'],
		[
			'a field without description',
			[resource, operation, field({ description: undefined, ...show })],
			'x: no description',
		],
		[
			'a switch without "Whether"',
			[resource, operation, field({ type: 'boolean', default: false, ...show })],
			'x: a switch begins with "Whether"',
		],
		[
			'a required field that is never empty',
			[resource, operation, field({ required: true, default: 'y', ...show })],
			'x: required, but filled in from the start',
		],
		['two fields of one name', [resource, operation, field(show), field(show)], 'post/get/x twice'],
		[
			'a field of no operation',
			[resource, operation, field({ displayOptions: { show: { resource: ['post'], operation: ['gone'] } } })],
			'post/gone/x: shown where nothing is',
		],
		[
			'an option without description',
			[field({ type: 'collection', default: {}, options: [field({ name: 'y', description: '' })] })],
			'x.y: no description',
		],
	])('%s would be found', (_name, properties, fault) => {
		expect(descriptionFaults({ properties })).toEqual([fault]);
		expect(descriptionFaults({ properties: [resource, operation, field(show)] })).toEqual([]);
	});
});

describe('the trigger', () => {
	const { description } = new InstagramTrigger();

	it('costs n8n no expression engine when a webhook comes in', () => {
		expect(description.version).toBe(2);
		expect(expressionsIn(description.webhooks)).toEqual([]);
		expect(expressionsIn([{ path: '={{ $nodeId }}' }, { path: 'a{{ b }}' }, { path: 'webhook', code: 200 }])).toEqual([
			'={{ $nodeId }}',
			'a{{ b }}',
		]);
	});

	it('has the check of the address before the deliveries, on one path, and gives a life at Meta to that address alone: n8n opens it again at each try', () => {
		const all = description.webhooks?.map(({ name, httpMethod, path }) => [name, httpMethod, path]) ?? [];
		expect(all.slice(0, 2)).toEqual([
			['default', 'GET', 'webhook'],
			['setup', 'POST', 'webhook'],
		]);
		expect(all.slice(2)).toEqual([
			['setup', 'POST', 'webhook/deauthorize'],
			['setup', 'POST', 'webhook/deletion'],
			['setup', 'GET', 'webhook/deletion'],
		]);
	});
});

describe('the package', () => {
	const compiled = (folder: string, ending: string) =>
		sourcesIn(folder, ending)
			.map(({ path }) => `dist/${path.replace(/\.ts$/, '.js')}`)
			.sort();

	it('lists every node and credential that there is', () => {
		expect([...manifest.n8n.nodes].sort()).toEqual(compiled('nodes', '.node.ts'));
		expect([...manifest.n8n.credentials].sort()).toEqual(compiled('credentials', '.credentials.ts'));
	});

	it('names credentials like their files, and the nodes use all of them', () => {
		const files = manifest.n8n.credentials.map((path) => path.replace(/^.*\/|\.credentials\.js$/g, ''));
		const names = credentials.map(({ name }) => name).sort();
		expect(files.map((file) => file[0].toLowerCase() + file.slice(1)).sort()).toEqual(names);
		for (const { description } of nodes) {
			expect((description.credentials ?? []).map(({ name }) => name).sort()).toEqual(names);
			const authentication = description.properties.find(({ name }) => name === 'authentication');
			expect(
				(authentication?.options ?? []).map((option) => ('value' in option ? option.value : undefined)).sort(),
			).toEqual(names);
		}
	});

	it('has a codex beside each node, which names it and links into the repository', () => {
		const codexes = sourcesIn('nodes', '.node.json').map(({ path, text }) => [path, JSON.parse(text)] as const);
		expect(codexes.map(([, { node }]) => node).sort()).toEqual(
			nodes.map(({ description }) => `${manifest.name}.${description.name}`).sort(),
		);
		expect(codexes.map(([path]) => `dist/${path.replace(/json$/, 'js')}`).sort()).toEqual(
			[...manifest.n8n.nodes].sort(),
		);
		for (const [, codex] of codexes) {
			expect(codex.categories.length).toBeGreaterThan(0);
			// The editor lists no actions of a node that calls itself a tool; n8n files the tool made from it under Tools by itself.
			expect(codex.subcategories?.AI).toBeUndefined();
			for (const link of Object.values<Array<{ url: string }>>(codex.resources).flat())
				expect(link.url.split('#')[0]).toBe(manifest.homepage);
		}
	});

	it('brings nothing with it', () => {
		expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.files).toEqual(['dist']);
	});
});

describe('secrets in the forms of credentials', () => {
	const secret = /token|secret|session/i;
	const isOpen = ({ name, typeOptions }: INodeProperties) =>
		secret.test(name) && !/url$/i.test(name) && !typeOptions?.password;

	it('are hidden as they are typed', () => {
		expect(credentials.flatMap(({ properties }) => properties.filter(isOpen).map(({ name }) => name))).toEqual([]);
		expect(isOpen({ displayName: 'X', name: 'appSecret', type: 'string', default: '' })).toBe(true);
	});
});
