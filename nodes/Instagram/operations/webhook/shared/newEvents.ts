import { sleep, type DeduplicationScope, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { asItemError } from '../../../../meta/errors/metaError';
import type { RunContext } from '../../define';

/** One answer per execution of a node: its items are looked up together, with one access to the database. */
const answers = new WeakMap<IExecuteFunctions, Promise<Set<number>>>();

/** n8n reads, adds and writes its list as a whole: within a process, one after the other. */
let last: Promise<unknown> = Promise.resolve();

async function oneAtATime<T>(run: () => Promise<T>): Promise<T> {
	const mine = last.then(run, run);
	last = mine.catch(() => {});
	return await mine;
}

const TRIES = 3;
const WAIT_MS = 50;

/** Two processes that begin the list at the same moment: n8n lets the second one fail, and nothing of it is stored. */
async function record(
	n8n: IExecuteFunctions,
	ids: string[],
	scope: DeduplicationScope,
	maxEntries: number,
): Promise<string[]> {
	for (let tries = 1; ; tries++) {
		const begun = (await n8n.helpers.getProcessedDataCount(scope, { mode: 'entries' })) > 0;
		try {
			return (await n8n.helpers.checkProcessedAndRecord(ids, scope, { mode: 'entries', maxEntries })).new.map(String);
		} catch (error) {
			if (begun || tries === TRIES) throw asItemError(n8n.getNode(), error, 0);
			await sleep(WAIT_MS);
		}
	}
}

/** Meta tells each account of what concerns two of them, as a comment that mentions both, with the same IDs. */
const keyOf = ({ event, accountId, message }: IDataObject, eventId: string) => {
	// The trigger tells such a message again when Meta delivers its content.
	const isAnnounced = Boolean((message as IDataObject | null | undefined)?.contentProblem);
	return [event, accountId, eventId, ...(isAnnounced ? ['announced'] : [])]
		.filter((part) => typeof part === 'string')
		.join(':');
};

async function lookUp(n8n: IExecuteFunctions, fail: RunContext['fail']): Promise<Set<number>> {
	const items = n8n.getInputData();
	const ids = items.map((_item, i) => String(n8n.getNodeParameter('eventId', i, '') ?? '').trim());
	const nameless = ids.indexOf('');
	if (nameless >= 0 && !n8n.continueOnFail()) throw missingId(fail, nameless);
	// The first of two equal events in one delivery stands for both.
	const first = new Map<string, number>();
	ids.forEach((id, i) => {
		const key = keyOf(items[i].json, id);
		if (id !== '' && !first.has(key)) first.set(key, i);
	});
	const scope = n8n.getNodeParameter('scope', 0, 'node') as DeduplicationScope;
	const remember = Math.max(Number(n8n.getNodeParameter('remember', 0, 5000)) || 1, first.size);
	const news = new Set(
		first.size > 0 ? await oneAtATime(async () => await record(n8n, [...first.keys()], scope, remember)) : [],
	);
	// n8n runs this node again only if the execution broke off in it or behind it without a trace, as in a crash.
	const isAgain = n8n.getMode() === 'retry';
	return new Set([...first].filter(([key]) => isAgain || news.has(key)).map(([, i]) => i));
}

/** An item that cannot be told from others. @param index from 0 */
export function missingId(fail: RunContext['fail'], index: number) {
	return fail(
		`Item ${index + 1} has no event ID`,
		'Place this node right after the Instagram Trigger, or say under "Event ID" where the ID stands.',
	);
}

/**
 * Which of the node's items are events that were not seen before, or all of them where a person runs an execution again:
 * what it was given would never come out otherwise. They count as seen from now on.
 * @returns indexes of items
 * @throws NodeOperationError before anything is remembered, when an item has no event ID
 */
export async function newEvents(n8n: IExecuteFunctions, fail: RunContext['fail']): Promise<Set<number>> {
	const known = answers.get(n8n) ?? lookUp(n8n, fail);
	answers.set(n8n, known);
	return await known;
}
