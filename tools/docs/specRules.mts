import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RehearsedCall } from './rehearse.mts';

type Parameter = { name: string; type: string; required?: boolean };
type Api = { method: string; endpoint?: string; name?: string; params: Parameter[] };

/** Meta's description of the API, as the code generators of its SDKs read it. */
export type Description = {
	/** Node -> its calls and fields. */
	nodes: Map<string, { apis: Api[]; fields: Set<string> }>;
	/** Name of a type -> its values. */
	enums: Map<string, Set<string>>;
};

/**
 * Reads the folder `api_specs/specs` of Meta's SDK generator.
 * @throws Error when the folder holds no such files
 */
export function readDescription(folder: string): Description {
	const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
	const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'enum_types.json');
	const nodes = names.map((name): [string, { apis: Api[]; fields: Set<string> }] => {
		const { apis = [], fields = [] } = read(name) as { apis?: Api[]; fields?: Array<{ name: string }> };
		return [name.replace(/\.json$/, ''), { apis, fields: new Set(fields.map((field) => field.name)) }];
	});
	const enums = read('enum_types.json') as Array<{ name: string; values: Array<string | number> }>;
	// Meta takes values in either case; the description has capitals where the documentation has none.
	return {
		nodes: new Map(nodes),
		enums: new Map(
			enums.map(({ name, values }) => [name, new Set(values.map((value) => String(value).toLowerCase()))]),
		),
	};
}

/** What every call may carry: how the Graph API answers, pages and signs. */
const COMMON = new Set(['after', 'appsecret_proof', 'before', 'fields', 'limit']);

/** Not Instagram's: a folder with Instagram's part alone lacks them. */
const ELSEWHERE = new Set(['Business', 'User']);

const ITSELF: Record<string, string> = { GET: '#get', POST: '#update', DELETE: '#delete' };

/** In a form or a query, lists and objects stand as JSON. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const TESTS: Record<string, (value: unknown) => boolean> = {
	Object: isObject,
	map: isObject,
	bool: (value) => ['true', 'false'].includes(String(value)),
	datetime: (value) => /^\d+$/.test(String(value)) || !Number.isNaN(Date.parse(String(value))),
	file: (value) => value instanceof Blob,
	float: (value) => value !== '' && Number.isFinite(Number(value)),
	int: (value) => /^-?\d+$/.test(String(value)),
	list: Array.isArray,
	string: (value) => ['string', 'number'].includes(typeof value),
	'unsigned int': (value) => /^\d+$/.test(String(value)),
};

/** Whether a value fits a type; undefined for a type that the description does not explain. */
function fits(given: unknown, type: string, enums: Description['enums']): boolean | undefined {
	const inner = /^list<(.+)>$/.exec(type)?.[1];
	const value = type === 'string' ? given : parsed(given);
	if (inner) {
		const list = Array.isArray(value) ? value : String(given).split(',');
		const verdicts = list.map((element) => fits(element, inner, enums));
		return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
	}
	const values = enums.get(type);
	if (values) return values.has(String(value).toLowerCase());
	return TESTS[type]?.(value);
}

/** What is not as Meta describes it: where, in words that an exception can name, and what. */
type Finding = { at: string; what: string; operations: Set<string> };

export type Verdict = {
	requests: number;
	parameters: number;
	/** Values of a type that the description only names. */
	unexplained: number;
	/** Calls whose node is not part of the folder. */
	notInFolder: number;
	findings: Finding[];
};

/** Holds calls against Meta's description: edge, names of parameters, types and values, and what is required. */
export function check(calls: RehearsedCall[], description: Description): Verdict {
	const findings = new Map<string, Finding>();
	const verdict = { requests: calls.length, parameters: 0, unexplained: 0, notInFolder: 0 };
	for (const { edge, operation, parameters } of calls) {
		const report = (at: string, what: string) => {
			const finding = findings.get(at) ?? { at, what, operations: new Set<string>() };
			findings.set(at, finding);
			finding.operations.add(operation);
		};
		const [method, path] = edge.split(' ');
		const [node, ...rest] = path.split('/');
		const endpoint = rest.join('/');
		const known = description.nodes.get(node);
		if (!known && ELSEWHERE.has(node)) {
			verdict.notInFolder++;
			continue;
		}
		if (!known) {
			report(`${method} ${node}/${endpoint}`, 'the description lacks this node');
			continue;
		}
		const isField = endpoint.startsWith('?');
		if (isField && !known.fields.has(endpoint.slice(1))) report(edge, 'the node has no such field');
		const api = known.apis.find(
			(one) =>
				one.method === method && (endpoint === '' || isField ? one.name === ITSELF[method] : one.endpoint === endpoint),
		);
		if (!api) {
			report(edge, 'the node has no such edge with this method');
			continue;
		}
		const given = Object.entries(parameters).filter(([name, value]) => value !== undefined && !COMMON.has(name));
		for (const { name, required } of api.params) {
			if (required && parameters[name] === undefined) report(`${edge}: ${name}`, 'is required and missing');
		}
		for (const [name, value] of given) {
			verdict.parameters++;
			const parameter = api.params.find((one) => one.name === name);
			if (!parameter) {
				report(`${edge}: ${name}`, 'the edge has no such parameter');
				continue;
			}
			const isFitting = fits(value, parameter.type, description.enums);
			if (isFitting === undefined) verdict.unexplained++;
			if (isFitting === false) report(`${edge}: ${name}`, `${JSON.stringify(value)} is no ${parameter.type}`);
		}
	}
	return { ...verdict, findings: [...findings.values()] };
}
