import type { INodeProperties } from 'n8n-workflow';
import { DAY_MS } from '../../../meta/time';
import type { EarlierRun, RunContext, Taken } from '../define';

const REPEAT = 'repeat';

/** What an operator wants of items that a run before this one may have carried out. */
export const cutOffRunOption: INodeProperties = {
	displayName: 'When a Run Was Cut Off',
	name: 'cutOffRun',
	type: 'options',
	default: 'look',
	description:
		'What a retry of an execution does with items of which n8n does not know whether they were carried out, because it was stopped in the middle or an answer got lost',
	options: [
		{
			name: 'Look at Meta First',
			value: 'look',
			description: 'What Meta shows is not repeated. Where Meta does not tell, the item fails and says what to do.',
		},
		{ name: 'Repeat', value: REPEAT, description: 'Carry them out without a look. What had gone out goes out twice.' },
	],
};

/** Something at Meta that an earlier run may have made. */
export type Trace = {
	id: string;
	/** Milliseconds since 1970. */
	at: number;
};

/** What Meta shows that may be the item. */
export type Traces = {
	fitting: Trace[];
	/** Fitting means the same to the letter; otherwise only of the same kind. */
	isExact: boolean;
	/** How far back Meta shows things, in milliseconds since 1970. */
	backTo: number;
};

/** Meta's clock and this one differ, in milliseconds. */
const CLOCK_GRACE_MS = 60_000;
/** Where nobody knows when the run began: the same text as one of this time asks for a person. Nothing older can be an answer. */
const DOUBT_MS = 7 * DAY_MS;

const dateOf = (at: number): string => new Date(at).toISOString();

/**
 * Finds out whether one of the traces is the item.
 * @returns the trace, which then stands for no other item; why nobody can tell; `undefined` when it is none of them
 */
export function judgeTraces(
	{ since }: Pick<EarlierRun, 'since'>,
	taken: Taken,
	{ backTo, fitting, isExact }: Traces,
): Trace | string | undefined {
	const from = since.at - CLOCK_GRACE_MS;
	const free = fitting.filter(({ id }) => !taken.has(id)).sort((a, b) => a.at - b.at);
	const first = free.find(({ at }) => at >= from);
	if (first && isExact) {
		taken.add(first.id);
		return first;
	}
	if (first) return `One that may be it went out at ${dateOf(first.at)}.`;
	const older = free.at(-1);
	if (older && isExact && !since.isExact && older.at >= from - DOUBT_MS)
		return `The same went out at ${dateOf(older.at)}, and n8n does not tell when the earlier run began.`;
	return backTo > from ? `Meta shows nothing from before ${dateOf(backTo)}.` : undefined;
}

/** How to speak of an item, and where to look for it. */
type Words = { what: string; done: string; place: string };

/**
 * Looks whether an earlier run carried the item out, when a person retries an execution. Nothing is looked up otherwise,
 * nor when the node's Options say so.
 * @param read reads what may be the item
 * @returns the item's trace; `undefined` when the item is to be carried out
 * @throws when nobody can tell
 */
export async function findTrace(
	ctx: RunContext,
	{ done, place, what }: Words,
	read: () => Promise<Traces>,
): Promise<Trace | undefined> {
	const { earlier } = ctx;
	if (!earlier || ctx.param<{ cutOffRun?: string }>('options', {}).cutOffRun === REPEAT) return undefined;
	const verdict = await read().then(
		(traces) => judgeTraces(earlier, ctx.taken, traces),
		({ message }: Error) => `Meta could not be asked: ${message}.`,
	);
	if (typeof verdict === 'string') {
		throw ctx.fail(
			`It is unclear whether an earlier run ${done} this ${what}, so it was not ${done} again`,
			`${verdict} Look at ${place}. If the ${what} is missing there, set Options > When a Run Was Cut Off to Repeat, save the workflow, and retry the execution with the currently saved workflow.`,
		);
	}
	if (!verdict) earlier.settle();
	return verdict;
}
