import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { runContext } from '../../nodes/Instagram/operations/context.ts';
import type { ItemTools, Operation, Resource } from '../../nodes/Instagram/operations/define.ts';
import type { Connection } from '../../nodes/meta/connection.ts';
import { idFromEdge, idInField, IDS, isIdField, isKnownField, kindOf, shownPath } from './kinds.mts';

const LINK = 'https://www.instagram.com/p/DAbc-1_xyz/';

/** What stands in a field of which the name tells nothing; a call that takes it for an ID goes out, and is a fault. */
const SAMPLE = 'Sample';

/** Names of node fields -> what stands in them. */
const FILLED: Array<[RegExp, unknown]> = [
	[/url$/i, LINK],
	[/^account$/, ''],
	[/^itemsJson$/, JSON.stringify([LINK, LINK])],
];

/** What stands in a field that is filled in. */
export function filled({ name, type, default: preset, options }: INodeProperties): unknown {
	const known = isIdField(name) ? [name, idInField(name)] : FILLED.find(([pattern]) => pattern.test(name));
	if (type === 'string' || type === 'resourceLocator') return known ? known[1] : SAMPLE;
	if (type === 'json' && known) return known[1];
	if (type === 'dateTime') return '2030-01-01T10:00:00Z';
	if (type !== 'fixedCollection') return preset;
	const groups = (options ?? []) as Array<{ name: string; values: INodeProperties[] }>;
	return Object.fromEntries(
		groups.map((group) => [group.name, [Object.fromEntries(group.values.map((field) => [field.name, filled(field)]))]]),
	);
}

/** The fields of an operation with what has to be filled in. */
export function bareOf(fields: INodeProperties[]): IDataObject {
	return Object.fromEntries(
		fields.map((field) => [field.name, field.required ? filled(field) : field.default]),
	) as IDataObject;
}

/** The fields of an operation with all that can be filled in, Options aside. */
export function fullOf(fields: INodeProperties[]): IDataObject {
	return Object.fromEntries(
		fields.map((field) => [field.name, field.type === 'collection' ? {} : filled(field)]),
	) as IDataObject;
}

/** Ways to fill in the fields of an operation: bare, full, and with each choice and each option in turn. */
function* waysToFill(fields: INodeProperties[]): Generator<IDataObject> {
	const bare = bareOf(fields);
	const full = fullOf(fields);
	yield bare;
	yield full;
	for (const { name, type, options = [] } of fields) {
		const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
		const choices: unknown[] =
			{ boolean: [true, false], options: values, multiOptions: [values.slice(0, 1)] }[type as string] ?? [];
		for (const value of choices)
			yield* [
				{ ...bare, [name]: value },
				{ ...full, [name]: value },
			] as IDataObject[];
		if (type !== 'collection') continue;
		for (const option of options as INodeProperties[])
			yield { ...full, [name]: { [option.name]: option.type === 'boolean' ? true : filled(option) } as IDataObject };
	}
}

/** What a friendly Meta says to anything. */
function answerTo({ method, id, edge }: Target): IDataObject {
	const found = edge ? idFromEdge(method, edge) : id;
	const rows = [{ id: found, app_id: IDS.Application, shortcode: 'DAbc-1_xyz', subscribed_fields: ['messages'] }];
	const event = { title: 'Sample', start_time: '2030-01-01T10:00:00+0000' };
	return {
		id: found,
		...event,
		data: rows,
		success: true,
		status_code: 'FINISHED',
		media_product_type: 'FEED',
		message_id: 'm',
		recipient_id: '5',
		attachment_id: '1',
		flow_id: '1',
	};
}

type Request = { method?: string; url: string; qs?: IDataObject; body?: unknown };

/** Where a call goes: to an edge of the object that an ID names, or of no object. */
type Target = { method: string; id: string; edge: string };

const FIELD_EDGES = /^(business_discovery|mentioned_comment|mentioned_media)\b/;

/** Calls that name no object begin with a word: `ig_hashtag_search`, `pages/search`. */
const WORD = /^[a-z]+[_a-z]*$/;

const pathOf = ({ url }: Request): string[] => new URL(url).pathname.split('/').slice(2).map(decodeURIComponent);

function targetOf(request: Request, isInstagram: boolean): Target {
	const [first = '', ...rest] = pathOf(request);
	const { method = 'GET' } = request;
	const isRoot = WORD.test(first) && first !== 'me';
	if (isRoot) return { method, id: '', edge: [first, ...rest].join('/') };
	return { method, id: first === 'me' ? IDS[isInstagram ? 'IGUser' : 'User'] : first, edge: rest.join('/') };
}

/** The edge that a call goes to, as `GET IGUser/media`; undefined when nothing tells what kind of object its ID names. */
function edgeOf({ method, id, edge }: Target, { qs }: Request, isInstagram: boolean): string | undefined {
	if (!id && edge) return `${method} Graph/${edge}`;
	const kind = kindOf(id);
	if (!kind) return undefined;
	const node = isInstagram && ['IGUser', 'IGMedia'].includes(kind) ? `${kind}ForIGOnlyAPI` : kind;
	const field = FIELD_EDGES.exec(String(qs?.fields ?? ''))?.[1];
	const path = edge || (field ? `?${field}` : '');
	return `${method} ${node}${path ? `/${path}` : ''}`;
}

const LOGINS: Array<Pick<Connection, 'kind' | 'credentialType' | 'versionedUrl'>> = [
	{
		kind: 'facebookUser',
		credentialType: 'instagramFacebookLoginOAuth2Api',
		versionedUrl: 'https://graph.facebook.com/v25.0',
	},
	{ kind: 'instagram', credentialType: 'instagramLoginOAuth2Api', versionedUrl: 'https://graph.instagram.com/v25.0' },
];

/** Each run works for an account of its own, told by the digits behind the ID: Meta's rates for one account would hold the others up. */
function connectionOf(login: (typeof LOGINS)[number], run: number): Connection {
	const [id, pageId] = [`${IDS.IGUser}${run}`, `${IDS.Page}${run}`];
	const account = {
		id,
		username: 'sample',
		name: 'Sample',
		...(login.kind === 'instagram' ? {} : { pageId, pageName: 'Sample' }),
	};
	const reach = { accounts: [account], pageTokens: { [pageId]: 'made-up' } };
	return {
		...login,
		appId: IDS.Application,
		appSecret: 'made-up',
		verifyToken: '',
		hasOwnVerifyToken: false,
		defaultAccount: '',
		reach,
		advice: 'popUp',
		loginKey: 'made-up',
	};
}

/** Just enough of n8n for an operation to run; calls go to `request`. */
function stageOf(
	parameters: IDataObject,
	request: (options: Request) => IDataObject,
	cancel: AbortSignal,
): IExecuteFunctions {
	const helpers = {
		httpRequestWithAuthentication: async (_type: string, options: Request) => ({
			statusCode: 200,
			headers: {},
			body: request(options),
		}),
		createBinarySignedUrl: async () => LINK,
		assertBinaryData: () => ({ id: 'x', mimeType: 'image/jpeg', data: '' }),
	};
	const known: Record<string, unknown> = {
		helpers,
		getNodeParameter: (name: string, _index: number, fallback: unknown) => parameters[name] ?? fallback,
		getNode: () => ({ id: 'x', name: 'x', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} }),
		getTimezone: () => 'UTC',
		getExecutionCancelSignal: () => cancel,
		getInstanceBaseUrl: () => 'https://n8n.example/',
		getWorkflowStaticData: () => ({}),
		getInputData: () => [{ json: {} }],
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getSignedResumeUrl: () => LINK,
		getCredentials: async () => ({}),
	};
	return new Proxy(known, {
		get: (target, name: string) => target[name] ?? (() => undefined),
	}) as unknown as IExecuteFunctions;
}

const TICK_MS = 200;
/** A run that has called nobody for so many ticks waits for something that does not come here. */
const QUIET_TICKS = 10;
const MOST_TICKS = 50;

/** Resolves when a run has nothing more to say. Ticks are counted, not time: a busy process must not cut a run short. */
async function silence(countCalls: () => number): Promise<void> {
	for (let [tick, quiet] = [0, 0]; tick < MOST_TICKS && quiet < QUIET_TICKS; tick++) {
		const before = countCalls();
		await new Promise((resolve) => setTimeout(resolve, TICK_MS).unref());
		quiet = countCalls() === before ? quiet + 1 : 0;
	}
}

/** One call of an operation, as it leaves. */
export type RehearsedCall = {
	/** As `Post: Get Many`. */
	operation: string;
	/** As `GET IGUser/media`. */
	edge: string;
	/** Of the query, and of the body. */
	parameters: Record<string, unknown>;
};

const parametersOf = ({ qs, body }: Request): Record<string, unknown> => ({
	...qs,
	...(body instanceof FormData ? Object.fromEntries(body.entries()) : (body as object | undefined)),
});

/** What a friendly Meta makes of a call: the edge that it takes it for, and what it answers. */
export function answerOf(request: Request, isInstagram: boolean): { edge: string | undefined; answer: IDataObject } {
	const target = targetOf(request, isInstagram);
	return { edge: edgeOf(target, request, isInstagram), answer: answerTo(target) };
}

/** Operations that call nobody. */
const WITHOUT_CALLS = ['Messaging Profile: Create Link', 'Webhook: Remove Duplicates'];

/** Where the calls of operations go, and what could not be told. */
export type Rehearsal = {
	/** Edge -> operations that call it, as `Post: Get Many`. */
	seen: Map<string, Set<string>>;
	faults: string[];
};

/** Names of all fields, those within collections included. */
const fieldNames = (fields: INodeProperties[]): string[] =>
	fields.flatMap(({ name, type, options = [] }) => [
		...(type === 'string' || type === 'resourceLocator' ? [name] : []),
		...options.flatMap((option) =>
			'values' in option ? fieldNames(option.values) : 'type' in option ? fieldNames([option]) : [],
		),
	]);

/**
 * Runs every operation against a Meta that says yes to everything, with both logins and filled in in many ways, and
 * collects where its calls go. Nothing leaves this process.
 * @param onCall hears of each call
 */
export async function rehearse(
	resources: Resource[],
	makeContext: typeof runContext,
	onCall: (call: RehearsedCall) => void = () => undefined,
): Promise<Rehearsal> {
	const seen: Rehearsal['seen'] = new Map();
	const faults = new Set<string>();
	const callers = new Set(WITHOUT_CALLS);
	let runsSoFar = 0;
	const act = async (operation: Operation, label: string, login: (typeof LOGINS)[number], parameters: IDataObject) => {
		let calls = 0;
		const request = (options: Request) => {
			calls++;
			const isInstagram = login.kind === 'instagram';
			const target = targetOf(options, isInstagram);
			const edge = edgeOf(target, options, isInstagram);
			callers.add(label);
			if (edge) {
				seen.set(edge, (seen.get(edge) ?? new Set()).add(label));
				onCall({ operation: label, edge, parameters: parametersOf(options) });
			} else {
				faults.add(
					`${label} calls ${target.method} /${shownPath(pathOf(options).join('/'))}, and nothing tells which kind of object that is: see tools/docs/kinds.mts`,
				);
			}
			return answerTo(target);
		};
		const ofRun = new Map<string, unknown>();
		const perRun: ItemTools['perRun'] = (key, make) =>
			(ofRun.has(key) ? ofRun : ofRun.set(key, make())).get(key) as ReturnType<typeof make>;
		const tools: ItemTools = {
			progress: { get: () => undefined, has: () => false, set: () => {}, clear: () => {} },
			perRun,
			taken: { has: () => false, add: () => {} },
			afterEarlierItems: async (_step, task) => await task(),
		};
		const connection = connectionOf(login, ++runsSoFar);
		const end = new AbortController();
		const run = async () =>
			await operation.run(await makeContext(stageOf(parameters, request, end.signal), connection, operation, 0, tools));
		// Not every way to fill in fields makes sense; what was called until it failed counts.
		await Promise.race([run().catch(() => undefined), silence(() => calls)]);
		end.abort();
	};
	const all = resources.flatMap(({ name, operations }) =>
		operations.map((operation) => ({ operation, label: `${name}: ${operation.name}` })),
	);
	for (const { operation, label } of all) {
		for (const field of fieldNames(operation.fields)) {
			if (isIdField(field) && !isKnownField(field))
				faults.add(`${label} has the field "${field}": say in tools/docs/kinds.mts which kind of object it names`);
		}
	}
	await Promise.all(
		all.flatMap(({ operation, label }) =>
			LOGINS.flatMap((login) =>
				[...waysToFill(operation.fields)].map(async (parameters) => await act(operation, label, login, parameters)),
			),
		),
	);
	for (const { label } of all)
		if (!callers.has(label))
			faults.add(
				`${label} calls nothing in the rehearsal, so nobody knows where its calls go: see tools/docs/rehearse.mts`,
			);
	return { seen, faults: [...faults] };
}
