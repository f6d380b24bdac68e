import '../support/quickTime.mts';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { runContext } from '../../nodes/Instagram/operations/context.ts';
import type { Operation } from '../../nodes/Instagram/operations/define.ts';
import { resources } from '../../nodes/Instagram/operations/index.ts';
import { IDS } from '../../tools/docs/kinds.mts';
import { answerOf, rehearse } from '../../tools/docs/rehearse.mts';
import { guardNetwork, listenAt, type Received } from '../support/graph.mts';
import { hostileValues, MARKS, plantMarks, targetsOf, WORST, type Fill } from '../support/hostileInputs.mts';
import { memoryDeduplicator } from '../support/deduplication.mts';
import { GRAPH, newLogin } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { runNode } from '../support/runNode.mts';

guardNetwork();
jest.setTimeout(600_000);

/** Where the calls of each operation go when all is well, as `GET IGUser/media`, and the names of their parameters. */
type Known = { edges: Set<string>; names: Set<string> };

/** What n8n and the node add to any call. */
const ALWAYS = ['appsecret_proof', 'limit', 'after'];

const knownCalls = new Map<string, Known>();
const knownOf = (label: string): Known =>
	knownCalls.get(label) ?? (knownCalls.set(label, { edges: new Set(), names: new Set(ALWAYS) }).get(label) as Known);

/** Ways that the rehearsal, which fills in IDs that are right, does not take. */
const MORE: Array<[label: RegExp, edges: string[], names: string[]]> = [
	[/^Hashtag: Get (Recent|Top) Posts$/, ['GET Graph/ig_hashtag_search'], ['q']],
	// An account that the login does not know is looked for at Meta.
	[/^Webhook: /, ['GET Graph/oauth/access_token', 'GET User/accounts', 'GET User/permissions'], ['fields']],
	[/^Post: Create Container$/, [], ['cover_url']],
	[/^Upcoming Event: Create$/, [], ['end_time']],
	[/^Messaging Profile: Set Welcome Flow$/, [], ['eligible_platforms']],
];

beforeAll(async () => {
	await rehearse(resources, runContext, ({ operation, edge, parameters }) => {
		const { edges, names } = knownOf(operation);
		edges.add(edge);
		for (const name of Object.keys(parameters)) names.add(name);
	});
	for (const [label, edges, names] of MORE) {
		for (const known of [...knownCalls].filter(([one]) => label.test(one)).map(([, one]) => one)) {
			for (const edge of edges) known.edges.add(edge);
			for (const name of names) known.names.add(name);
		}
	}
});

const bodyNames = ({ body }: Received): string[] =>
	body.startsWith('{') ? Object.keys(JSON.parse(body) as IDataObject) : [];

/** What of a call is none that its operation makes when all is well. */
function faultsOf(label: string, call: Received): string[] {
	const { edges, names } = knownOf(label);
	const request = { method: call.method, url: `${GRAPH}${call.path}`, qs: call.query };
	const edge = /%2e|%2f|\.\.|\/\/|[?#]/i.test(call.path.replace(/^\/v\d+\.\d+/, ''))
		? undefined
		: answerOf(request, false).edge;
	const others = [...Object.keys(call.query), ...bodyNames(call)].filter((name) => !names.has(name));
	return [
		...(edge && edges.has(edge) ? [] : [`${label} calls ${call.method} ${call.path.slice(0, 200)}`]),
		...(call.path.startsWith('/v25.0/') ? [] : [`${label} leaves the version: ${call.path}`]),
		...others.map((name) => `${label} sends the parameter "${name}"`),
		...('x-evil' in call.headers ? [`${label} sends a header of the value`] : []),
	];
}

let logins = 0;

/** Each run works for accounts of its own: Meta's rates for one account would hold the others up. */
function ownLogin() {
	const digits = String(++logins);
	const [id, pageId] = [`${IDS.IGUser}${digits}`, `${IDS.Page}${digits}`];
	const page = `EAApage${digits.padStart(8, '0')}`;
	const clientId = `${IDS.Application}${digits}`;
	const app = `${clientId}|made-up`;
	const account = { id, username: 'sample', name: 'Sample', pageId, pageName: 'Sample' };
	const { credentials, token } = newLogin([account], { pageTokens: { [pageId]: page }, appToken: app }, { clientId });
	return { credentials, signed: [page, app, token].map((one) => `Bearer ${one}`) };
}

const file = plantMarks();
afterAll(() => rmSync(dirname(file), { recursive: true }));
const hostile = hostileValues(file);
const marks = Object.values(MARKS);

/** Calls by what signs them. */
const bySigner = new Map<string, Received[]>();
/** Calls that nobody made, and hosts that nobody should have called. */
const strays: string[] = [];

type Outcome = { faults: string[]; calls: number };

/** Runs an operation with each value in one place, for one item each, and tells what went wrong. */
async function attack(resource: string, operation: Operation, fill: Fill, items: unknown[]): Promise<Outcome> {
	const { credentials, signed } = ownLogin();
	const received: Received[] = [];
	for (const signer of signed) bySigner.set(signer, received);
	const { items: out, error } = await runNode({
		parameters: operationOf(resource, operation.value, fill('={{ $json.value }}')),
		credentials,
		items: items.map((value) => ({ value }) as IDataObject),
		continueOnFail: true,
	});
	const label = labelOf(resource, operation);
	const problems = out
		.map(({ json }) => json.error)
		.filter((problem) => problem !== undefined)
		.map(String);
	const leaks = marks.filter((mark) =>
		JSON.stringify([out, received.map(({ body, path, query }) => [body, path, query])]).includes(mark),
	);
	return {
		calls: received.length,
		faults: [
			...received.flatMap((call) => faultsOf(label, call)),
			...leaks.map((mark) => `${label} brings "${mark}" out`),
			...(error ? [`${label} ends with ${error.message}`] : []),
			...problems
				.filter(
					(problem) =>
						problem.trim() === '' || /Cannot (read|convert)|is not a (function|iterable)|undefined/.test(problem),
				)
				.map((problem) => `${label} breaks: "${problem}"`),
		],
	};
}

const labelOf = (resource: string, { name }: Operation): string =>
	`${resources.find(({ value }) => value === resource)?.name}: ${name}`;

const operations = resources.flatMap(({ value, operations: own }) =>
	own.map((operation) => [value, operation.value, operation] as const),
);

describe('a hostile value in any field', () => {
	beforeAll(async () => {
		await memoryDeduplicator();
	});
	beforeEach(() => {
		strays.length = 0;
		nock.emitter.on('no match', (request: { options?: { host?: string }; host?: string }) =>
			strays.push(String(request.options?.host ?? request.host)),
		);
		listenAt(GRAPH, (call) => {
			const received = bySigner.get(call.authorization ?? '');
			if (received) received.push(call);
			else strays.push(`${call.method} ${call.path} signed by ${call.authorization}`);
			return { body: answerOf({ method: call.method, url: `${GRAPH}${call.path}`, qs: call.query }, false).answer };
		});
	});
	afterEach(() => nock.emitter.removeAllListeners('no match'));

	it.each(operations)(
		'chooses neither path nor parameters nor host, reads no file and is not evaluated: %s: %s',
		async (resource, _value, operation) => {
			const outcomes = await Promise.all(
				targetsOf(operation.fields).flatMap(({ isMain, alone, among }) => [
					attack(resource, operation, alone, isMain ? hostile : WORST),
					...(isMain ? [attack(resource, operation, among, WORST)] : []),
				]),
			);
			expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
			expect(strays).toEqual([]);
			expect(({} as IDataObject).polluted).toBeUndefined();
		},
	);
});
