import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { runContext } from '../../nodes/Instagram/operations/context.ts';
import type { ItemTools, Operation, Resource } from '../../nodes/Instagram/operations/define.ts';
import type { Connection } from '../../nodes/meta/context.ts';

/** Made-up IDs, by the kind of object that they name. */
const IDS: Record<string, string> = {
	IGUser: '17841400000000001',
	Page: '100000000000001',
	IGMedia: '18000000000000001',
	IGComment: '17900000000000001',
	ShadowIGMediaBuilder: '17800000000000001',
	ShadowIGHashtag: '17700000000000001',
	IGUpcomingEvent: '73000000000000001',
	UnifiedThread: 'aWdfThread',
	Business: '88000000000000001',
};

const LINK = 'https://www.instagram.com/p/DAbc-1_xyz/';

/** Names of node fields -> what stands in them. */
const FILLED: Array<[RegExp, unknown]> = [
	[/url$/i, LINK],
	[/^(postId|mediaId)$/, IDS.IGMedia],
	[/commentId$/i, IDS.IGComment],
	[/containerId$|creationId$/i, IDS.ShadowIGMediaBuilder],
	[/^hashtag$/, IDS.ShadowIGHashtag],
	[/^eventId$/, IDS.IGUpcomingEvent],
	[/^conversationId$/, IDS.UnifiedThread],
	[/^account$/, ''],
	[/^itemsJson$/, JSON.stringify([LINK, LINK])],
	[/Ids?$/, '5551234567890123'],
];

function filled({ name, type, default: preset, options }: INodeProperties): unknown {
	const known = FILLED.find(([pattern]) => pattern.test(name));
	if (type === 'string' || type === 'resourceLocator') return known ? known[1] : 'sample';
	if (type === 'json' && known) return known[1];
	if (type === 'dateTime') return '2030-01-01T10:00:00Z';
	if (type !== 'fixedCollection') return preset;
	const groups = (options ?? []) as Array<{ name: string; values: INodeProperties[] }>;
	return Object.fromEntries(
		groups.map((group) => [group.name, [Object.fromEntries(group.values.map((field) => [field.name, filled(field)]))]]),
	);
}

/** Ways to fill in the fields of an operation: bare, full, and with each choice and each option in turn. */
function* waysToFill(fields: INodeProperties[]): Generator<IDataObject> {
	const bare = Object.fromEntries(
		fields.map((field) => [field.name, field.required ? filled(field) : field.default]),
	) as IDataObject;
	const full = Object.fromEntries(
		fields.map((field) => [field.name, field.type === 'collection' ? {} : filled(field)]),
	) as IDataObject;
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

/** Edges that list or make objects of a kind, where it is not posts. */
const MADE_BY: Record<string, string> = {
	'POST media': 'ShadowIGMediaBuilder',
	'GET comments': 'IGComment',
	'GET replies': 'IGComment',
	'GET conversations': 'UnifiedThread',
	'GET ig_hashtag_search': 'ShadowIGHashtag',
	'GET businesses': 'Business',
};

/** What a friendly Meta says to anything. */
function answerTo(method: string, edge: string): IDataObject {
	const id = IDS[MADE_BY[`${method} ${edge}`] ?? 'IGMedia'];
	const rows = [{ id, app_id: '1', shortcode: 'DAbc-1_xyz', subscribed_fields: ['messages'] }];
	const event = { title: 'Sample', start_time: '2030-01-01T10:00:00+0000' };
	return {
		id,
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

const FIELD_EDGES = /^(business_discovery|mentioned_comment|mentioned_media)\b/;

type Request = { method?: string; url: string; qs?: IDataObject; body?: unknown };

/** The app of the made-up login. */
const APP_ID = '1';

/** The edge that a call goes to, as `GET IGUser/media`; people and messages, whose IDs tell nothing of their kind, are an `Object`. */
function edgeOf({ method = 'GET', url, qs }: Request, isInstagram: boolean): { name: string; edge: string } {
	const [first, ...rest] = new URL(url).pathname.split('/').slice(2).map(decodeURIComponent);
	const edge = rest.join('/');
	if (/[a-z]/.test(first) && !first.startsWith('aWdf') && first !== 'me')
		return { name: `${method} Graph/${[first, ...rest].join('/')}`, edge: first };
	const named: Record<string, string> = { me: 'User', [APP_ID]: 'Application' };
	const kind = named[first] ?? Object.keys(IDS).find((node) => first.startsWith(IDS[node])) ?? 'Object';
	const node = isInstagram && ['IGUser', 'IGMedia'].includes(kind) ? `${kind}ForIGOnlyAPI` : kind;
	const field = FIELD_EDGES.exec(String(qs?.fields ?? ''))?.[1];
	const path = edge || (field ? `?${field}` : '');
	return { name: `${method} ${node}${path ? `/${path}` : ''}`, edge };
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
		appId: APP_ID,
		appSecret: 'made-up',
		verifyToken: '',
		hasOwnVerifyToken: false,
		defaultAccount: '',
		reach,
		remedy: 'popUp',
		mark: 'made-up',
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

const patience = async () => await new Promise((resolve) => setTimeout(resolve, 2000).unref());

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

/**
 * Runs every operation against a Meta that says yes to everything, with both logins and filled in in many ways, and
 * collects where its calls go. Nothing leaves this process.
 * @param onCall hears of each call
 * @returns edge -> operations that call it, as `Post: Get Many`
 */
export async function rehearse(
	resources: Resource[],
	makeContext: typeof runContext,
	onCall: (call: RehearsedCall) => void = () => undefined,
): Promise<Map<string, Set<string>>> {
	const seen = new Map<string, Set<string>>();
	let runsSoFar = 0;
	const act = async (operation: Operation, label: string, login: (typeof LOGINS)[number], parameters: IDataObject) => {
		const request = (options: Request) => {
			const { name, edge } = edgeOf(options, login.kind === 'instagram');
			seen.set(name, (seen.get(name) ?? new Set()).add(label));
			onCall({ operation: label, edge: name, parameters: parametersOf(options) });
			return answerTo(options.method ?? 'GET', edge);
		};
		const tools: ItemTools = {
			notes: { get: () => undefined, has: () => false, set: () => {}, clear: () => {} },
			shared: new Map(),
			inTurn: async (_step, task) => await task(),
		};
		const connection = connectionOf(login, ++runsSoFar);
		const end = new AbortController();
		const run = async () =>
			await operation.run(await makeContext(stageOf(parameters, request, end.signal), connection, operation, 0, tools));
		// Not every way to fill in fields makes sense; what was called until it failed counts.
		await Promise.race([run().catch(() => undefined), patience()]);
		end.abort();
	};
	const runs = resources.flatMap(({ name, operations }) =>
		operations.flatMap((operation) =>
			LOGINS.flatMap((login) =>
				[...waysToFill(operation.fields)].map(
					async (parameters) => await act(operation, `${name}: ${operation.name}`, login, parameters),
				),
			),
		),
	);
	await Promise.all(runs);
	return seen;
}
