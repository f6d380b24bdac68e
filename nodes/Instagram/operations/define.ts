import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Connection, MetaContext } from '../../meta/connection';
import type { GraphCall } from '../../meta/graph/call';
import type { Account, LoginKind } from '../../meta/accounts';
import { withRateLimitWait } from './rateLimitWait';

/** A call of an operation; signed for the chosen account unless it says otherwise. */
export type OperationCall = Omit<GraphCall, 'signAs' | 'itemIndex'> & { signAs?: string };

/** What survives being stored by n8n: an error, a date or a class does not. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue | undefined };

/** What an operation has done of an item so far: n8n stores it with the execution. */
export type Progress = {
	get: <T extends JsonValue>(key: string) => T | undefined;
	has: (key: string) => boolean;
	set: (key: string, value: JsonValue) => void;
	clear: () => void;
};

/** A moment from which on things may have happened that the stored execution knows nothing of. */
export type Since = {
	/** Milliseconds since 1970. */
	at: number;
	/** False where nobody knows when the run began: then it is as far back as is worth looking. */
	isExact: boolean;
};

/** IDs at Meta of which it is known who made them: each stands for one item. */
export type Taken = { has: (id: string) => boolean; add: (id: string) => void };

/** What a run before this one may have done with the item without leaving word of it: n8n was killed, or an answer got lost. */
export type EarlierRun = {
	since: Since;
	/** To be called once it is known that the earlier run did not carry the item out: a later retry need not look further back. */
	settle: () => void;
};

/** What an item has in common with others, and with its own earlier tries. */
export type ItemTools = {
	/** What the operation has done of this item so far: n8n's "Retry On Fail" and its retry of an execution find it again. */
	progress: Progress;
	/** Set when a person retries an execution and the item is not noted as carried out. */
	earlier?: EarlierRun;
	/** What this execution has made at Meta, or found there. */
	taken: Taken;
	/** What the operation knows for all items of this run together: made when the first item asks for it. */
	perRun: <T>(key: string, make: () => T) => T;
	/**
	 * Runs a step once all earlier items of the same account have done theirs, or failed before it. Needs a lane of its
	 * own for each item.
	 */
	afterEarlierItems: <T>(step: string, task: () => Promise<T>) => Promise<T>;
};

/** What an operation may use. It sees one item and knows nothing of the editor. */
export type RunContext = ItemTools & {
	connection: Connection;
	/** Place of the item among those that came in, from 0: what n8n's helpers for files want to know. */
	itemIndex: number;
	/** The chosen account; fails with the list of accounts when the choice is open. */
	account: () => Account;
	param: <T = string>(name: string, fallback?: T) => T;
	graph: (call: OperationCall) => Promise<IDataObject>;
	/** Reads a list edge as far as the node's Return All and Limit say. */
	list: (call: OperationCall) => Promise<IDataObject[]>;
	/** Reads a list edge to its end, for operations whose lists are short: they have no Return All and no Limit. */
	wholeList: (call: OperationCall) => Promise<IDataObject[]>;
	/** An error of this item that is no answer of Meta. */
	fail: (message: string, description: string) => NodeOperationError;
	/** Says a sentence beside the output of the node, once in a run however many items have cause for it. */
	warn: (message: string) => void;
	/** True when n8n was asked to stop the execution. */
	isCancelled: () => boolean;
	n8n: MetaContext;
	/** For the operation that pauses the execution. */
	wait: Waiting;
};

/** n8n's means to pause an execution until somebody answers. */
export type Waiting = {
	/** How many items came in: an execution can pause for one only. */
	items: number;
	/** What came in, for the case that nobody answers. */
	input: () => IDataObject;
	/** Address of the page on which the question of this run is answered, signed by n8n together with its parameters. */
	url: (parameters: Record<string, string>) => string;
	until: (date: Date) => Promise<void>;
};

/** One operation: how the editor shows it, and what it does for one item. */
export type Operation = {
	value: string;
	name: string;
	action: string;
	description: string;
	/** Does not work for one account: the Account field is hidden. */
	withoutAccount?: true;
	/** Logins that Meta offers it to; all when absent. */
	logins?: LoginKind[];
	/** What it needs of the login, where logins do not have it by themselves: a refusal of Meta names it. */
	capability?: 'deletion' | 'events' | 'likes' | 'products';
	/**
	 * Items with the same lane run one after another, in their order; all others side by side. Without it all items of
	 * the node run one after another.
	 */
	lane?: (param: (name: string) => string, index: number) => string;
	/** Never waits for rate limits, so it has no *Wait When Rate Limited* option. */
	neverWaits?: true;
	fields: INodeProperties[];
	run: (ctx: RunContext) => Promise<IDataObject | IDataObject[]>;
};

/** Operations on one kind of thing; `preselected` is the one that the editor shows first. */
export type Resource = { value: string; name: string; operations: Operation[]; preselected: Operation };

/** Defines an operation, with *Wait When Rate Limited* among its Options unless it never waits. */
export function operation(definition: Operation): Operation {
	return { ...definition, fields: definition.neverWaits ? definition.fields : withRateLimitWait(definition.fields) };
}

/** Collects what a resource folder exports; nothing else lists its operations. */
export function resource(
	value: string,
	name: string,
	members: Record<string, Operation>,
	preselected: Operation,
): Resource {
	return { value, name, operations: Object.values(members), preselected };
}

function showFor(owner: string, op: string, field: INodeProperties): INodeProperties {
	// These first: n8n stops at the first condition that depends on an expression, and shows the field.
	const show = { resource: [owner], operation: [op], ...field.displayOptions?.show };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

function operationSelector({ value, operations, preselected }: Resource): INodeProperties {
	const firstOperation = preselected.value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: [...operations]
			.sort(byName)
			.map((op) => ({ name: op.name, value: op.value, action: op.action, description: op.description })),
		default: firstOperation,
	};
}

/** The selectors and fields of all resources, in the order in which the editor shows them. */
export function describeResources(resources: Resource[], accountField: INodeProperties): INodeProperties[] {
	const firstResource = resources[0].value;
	const needAccount = resources.filter(({ operations }) => operations.some((op) => !op.withoutAccount));
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [...resources].sort(byName).map(({ name, value }) => ({ name, value })),
			default: firstResource,
		},
		...resources.map(operationSelector),
		...needAccount.map(({ value, operations }): INodeProperties => {
			const served = operations.filter((op) => !op.withoutAccount).map((op) => op.value);
			return { ...accountField, displayOptions: { show: { resource: [value], operation: served } } };
		}),
		...resources.flatMap(({ value, operations }) =>
			operations.flatMap((op) => op.fields.map((field) => showFor(value, op.value, field))),
		),
	];
}

/** @throws Error when a workflow names an operation that this version does not have */
export function findOperation(resources: Resource[], owner: string, op: string): Operation {
	const found = resources.find(({ value }) => value === owner)?.operations.find(({ value }) => value === op);
	if (!found) throw new Error(`This version of the Instagram node has no operation "${owner}: ${op}"`);
	return found;
}
