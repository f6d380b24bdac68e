import type { Context } from '../../context/context.mts';
import { newTraceId } from '../../world/ids.mts';
import type { Call } from '../engine/call.mts';
import { GraphError, invalidParam, tokenMissing } from '../engine/errors.mts';
import type { Params } from '../engine/params.mts';
import { convertParam } from '../engine/params.mts';
import type { Incoming, Opened, Outcome } from './serveCall.mts';
import { openCall, serveCall } from './serveCall.mts';
import { readTarget } from '../engine/target.mts';

const MAX_CALLS = 50;

/** One call of a batch (Graph API guide "Batch Requests"). */
type Operation = {
	method?: string;
	relative_url?: string;
	/** Form-encoded, as it would be sent. */
	body?: string;
	name?: string;
	depends_on?: string;
	access_token?: string;
	omit_response_on_success?: boolean;
};

type Answer = { code: number; headers?: unknown[]; body: string } | null;

/** Whether a call is a batch of others: a POST to the root with `batch`. */
export function isBatch(call: Call): boolean {
	return call.method === 'POST' && call.path === '/' && call.raw.batch !== undefined;
}

const valuesAt = (value: unknown, steps: string[]): unknown[] => {
	const [step, ...rest] = steps;
	if (step === undefined) return [value];
	if (typeof value !== 'object' || value === null) return [];
	const next = step === '*' ? Object.values(value) : [(value as Record<string, unknown>)[step]];
	return next.flatMap((one) => valuesAt(one, rest));
};

/** Fill in `{result=name:$.path}` with what an earlier call answered. */
const fill = (text: string, results: Map<string, unknown>): string =>
	text.replace(/\{result=([\w-]+):\$\.([\w.*]+)\}/g, (_all, name: string, path: string) => {
		if (!results.has(name)) throw invalidParam(`There is no earlier call named ${name}`);
		return valuesAt(results.get(name), path.split('.')).map(String).join(',');
	});

const toIncoming = (
	{ method = 'GET', relative_url: url = '', body, access_token: token }: Operation,
	outer: Incoming,
	results: Map<string, unknown>,
): Incoming => {
	const address = `/${outer.host}/${fill(url, results).replace(/^\//, '')}`;
	const { version = outer.version, ...target } = readTarget(address);
	const query = Object.fromEntries(new URL(address, 'http://sandbox').searchParams);
	return {
		...target,
		version,
		login: outer.login,
		method: method.toUpperCase(),
		query: { ...(token !== undefined && { access_token: token }), ...query },
		body: Object.fromEntries(new URLSearchParams(fill(body ?? '', results))),
		authorization: outer.authorization,
	};
};

/** The token of the whole batch serves the calls that have none of their own. */
const withToken = (incoming: Incoming, outer: Params): Incoming =>
	incoming.query.access_token === undefined && outer.access_token !== undefined
		? { ...incoming, query: { ...incoming.query, access_token: outer.access_token } }
		: incoming;

const runAll = async (context: Context, operations: Operation[], outer: Incoming, raw: Params): Promise<Answer[]> => {
	const results = new Map<string, unknown>();
	const answers: Answer[] = [];
	for (const operation of operations) {
		const incoming = withToken(toIncoming(operation, outer, results), raw);
		const opened = openCall(context, incoming);
		const { status, payload } = await serveCall(opened, incoming, newTraceId());
		if (operation.name !== undefined) results.set(operation.name, payload);
		// By default the answer of a call that others refer to is left out when it went well.
		const omit = operation.omit_response_on_success ?? operation.name !== undefined;
		const headers = [
			{ name: 'Content-Type', value: 'application/json; charset=UTF-8' },
			{ name: 'facebook-api-version', value: opened.call.version },
		];
		const isShort = String(raw.include_headers) === 'false';
		answers.push(
			status === 200 && omit ? null : { code: status, ...(!isShort && { headers }), body: JSON.stringify(payload) },
		);
	}
	return answers;
};

/** Carry out a batch; each call answers for itself, and counts for itself. */
export async function serveBatch(
	context: Context,
	{ call, record, sent }: Opened,
	incoming: Incoming,
	traceId: string,
): Promise<Outcome> {
	try {
		if (!sent) throw tokenMissing();
		const operations = convertParam('batch', 'list', call.raw.batch) as Operation[];
		if (operations.length === 0 || operations.length > MAX_CALLS)
			throw invalidParam(`A batch has 1 to ${MAX_CALLS} calls`);
		if (operations.some((one) => typeof one !== 'object' || one === null))
			throw invalidParam('Each call of a batch is an object');
		const payload = await runAll(context, operations, incoming, call.raw);
		record.status = 200;
		return { status: 200, payload };
	} catch (error) {
		if (!(error instanceof GraphError)) throw error;
		record.status = error.status;
		record.error = { code: error.spec.code, error_subcode: error.spec.subcode };
		const payload = error.envelope(traceId, call.world.locale, call.login);
		return { status: error.status, payload };
	}
}
