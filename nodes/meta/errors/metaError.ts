import {
	NodeApiError,
	NodeOperationError,
	type ICredentialTestRequest,
	type IDataObject,
	type INode,
} from 'n8n-workflow';
import { ERROR_TABLE, type ErrorRow } from './table';
import { inWordsOf, type Advice } from './advice';
import { CLASSES, classOf, hasManyMeanings } from './classes';
import { redact } from './tokens';

/** The `error` object of a Graph answer. Its numbers are compared, and its texts are shown; `rows/sameNumbers.ts` and `graph/refusedField.ts` tell the exceptions. */
export type GraphError = {
	code: number;
	error_subcode?: number;
	type?: string;
	message?: string;
	error_user_title?: string;
	error_user_msg?: string;
	is_transient?: boolean;
	fbtrace_id?: string;
};

/** What is known about a call that did not succeed. */
export type Failure = {
	/** HTTP status; 0 when no answer came. */
	status: number;
	/** Meta's error; absent when the answer was not Meta's, or there was none. */
	error?: GraphError;
	/** Minutes until Meta takes calls again, from its usage header. */
	waitMinutes?: number;
	/** What went wrong below HTTP, when no answer came. */
	cause?: string;
};

/** Meta keeps a range of numbers for permissions; the first one speaks for those that have no row of their own. */
const PERMISSIONS = { first: 200, last: 299 };

/** How well a row fits an error: 0 = not at all. A row that names both numbers beats one that names the code alone. */
function scoreOf(row: ErrorRow, { code, error_subcode: subcode, type, message }: GraphError): number {
	if (row.type !== undefined && row.type !== type) return 0;
	if (row.says !== undefined && !message?.includes(row.says)) return 0;
	const isAlone = row.code === undefined || row.anywhere === true;
	const named =
		row.subcode !== undefined &&
		(isAlone ? [code, subcode].includes(row.subcode) : row.code === code && row.subcode === subcode);
	const general = row.code === code && (row.subcode === undefined || row.anywhere === true);
	if (!named && !general) return 0;
	return 1 + (named ? 4 : 0) + (row.says === undefined ? 0 : 2) + (row.type === undefined ? 0 : 1);
}

function best(error: GraphError): ErrorRow | undefined {
	const fits = ERROR_TABLE.map((row) => scoreOf(row, error));
	const highest = Math.max(...fits);
	return highest > 0 ? ERROR_TABLE[fits.indexOf(highest)] : undefined;
}

/** Looks an error up in the table; `undefined` when Meta sent a number that nobody listed. */
export function explain(error: GraphError): ErrorRow | undefined {
	const isPermission = error.code > PERMISSIONS.first && error.code <= PERMISSIONS.last;
	return best(error) ?? (isPermission ? best({ code: PERMISSIONS.first }) : undefined);
}

/** True when a row speaks of more than the code: of its subcode, or of what Meta says with it. */
export function isSpecific(error: GraphError): boolean {
	const row = explain(error);
	return row !== undefined && (row.says !== undefined || (row.subcode !== undefined && scoreOf(row, error) > 4));
}

/** The row that tells an error to a person: not that of a code which an unlisted subcode makes another error. */
function rowToTell(error: GraphError): ErrorRow | undefined {
	const isUnlisted = Boolean(error.error_subcode) && !isSpecific(error);
	return isUnlisted && hasManyMeanings(error.code) ? undefined : explain(error);
}

/**
 * A failure without tokens in any of its texts.
 * @param secrets what else must not stand there
 */
export function withoutSecrets(failure: Failure, secrets?: string[]): Failure {
	const clean = <T>(value: T): T => (typeof value === 'string' ? redact(value, secrets) : value) as T;
	const { cause, error } = failure;
	const texts = Object.entries(error ?? {}).map(([name, value]) => [name, clean(value)]);
	return {
		...failure,
		...(cause === undefined ? {} : { cause: clean(cause) }),
		...(error ? { error: Object.fromEntries(texts) as GraphError } : {}),
	};
}

/** Trace line for Meta's support, and for a search in the error table. */
export function trace({ status, error }: Failure): string {
	if (!error) return `HTTP ${status}.`;
	const code = [error.code, error.error_subcode].filter((part) => part !== undefined).join('/');
	return `Meta error ${code}, trace ${error.fbtrace_id ?? 'unknown'}.`;
}

/** Sentences for a failure: what happened, and what to do with Meta's numbers behind it; `advice.ts` fills the braces. Quotes texts as they are. */
export function describe(failure: Failure): { message: string; description: string } {
	const { error, status, cause, waitMinutes } = failure;
	if (!error) {
		return status === 0
			? {
					message: 'No answer came from Meta',
					description: `Check the connection and the base URL in the credential, then try again. ${cause ?? ''}`.trim(),
				}
			: {
					message: `The answer did not come from Meta (HTTP ${status})`,
					description: 'Check the base URL in the credential; a proxy or gateway may have answered.',
				};
	}
	const row = rowToTell(error);
	const ofClass = CLASSES[classOf(status, error)];
	const theirs = error.error_user_msg || error.message || '';
	const wait = waitMinutes ? `Meta asks to wait ${waitMinutes} minutes. ` : '';
	return {
		// Without a row Meta's own sentence stands first. The number in front of it stands in the trace.
		message: row?.message ?? (theirs.replace(/^\(#-?\d+\)\s*/, '') || ofClass.message),
		description: `${wait}${row?.fix ?? ofClass.fix} ${theirs ? `Meta says: "${theirs}" ` : ''}${trace(failure)}`,
	};
}

const rule = (key: string, value: number, text: string) =>
	({
		type: 'responseSuccessBody',
		properties: { key, value, message: inWordsOf('paste', text) },
	}) as const;

/** Of the codes whose rows cannot be rules: what a first call with a pasted token may be refused for. */
const FIRST_CALL =
	'Meta refused the first call with this token. Check that the app secret belongs to the app that made the token, that the account has a role on the app while the app is not live, and that the base URLs name a host only.';

const isRule = ({ type, says }: ErrorRow) => type === undefined && says === undefined;
const textOf = ({ message, fix }: ErrorRow) => `${message}. ${fix}`;

/**
 * The table as rules of a credential test, so that it fails in the same words as a workflow. n8n tests pasted tokens only.
 * n8n compares one value by each rule and shows the first that fits: subcodes, which say more, stand before codes.
 */
export const credentialTestRules: NonNullable<ICredentialTestRequest['rules']> = [
	...ERROR_TABLE.filter(isRule).flatMap((row) =>
		row.subcode === undefined ? [] : [rule('error.error_subcode', row.subcode, textOf(row))],
	),
	...ERROR_TABLE.filter(isRule).flatMap((row) =>
		row.code !== undefined && (row.subcode === undefined || row.anywhere)
			? [rule('error.code', row.code, textOf(row))]
			: [],
	),
	...[100, 2500].map((code) => rule('error.code', code, FIRST_CALL)),
];

/** A new login helps, and nothing else: that alone is what n8n calls a dead credential. */
const isCuredByLogin = (row: ErrorRow | undefined) => row?.fix.startsWith('{reconnect}') === true;

/** What n8n itself should know of a failure: that the credential has to be connected again, or that waiting helps. */
function causeFor({ error, waitMinutes }: Failure): NodeApiError['failure'] {
	if (!error) return undefined;
	const row = explain(error);
	if (isCuredByLogin(row)) return { cause: 'credential-invalid' };
	if (row?.retry !== 'later') return undefined;
	return { cause: 'rate-limited', ...(waitMinutes ? { retryAfterMs: waitMinutes * 60_000 } : {}) };
}

/** What is known of a call besides Meta's answer. */
export type Circumstances = {
	/** Goes before the advice. */
	hint?: string;
	advice?: Advice;
	/** What the call needs of the login. */
	capability?: string;
	/** What Meta's texts must not bring into the error, besides tokens. */
	secrets?: string[];
};

/** A refusal or a lost answer of Meta, as n8n shows it; `facts` is for the code that handles it. */
export class MetaError extends NodeApiError {
	readonly facts: Failure;

	/** Meta may have carried the write out: doing it again might do it twice. */
	isUnclear = false;

	/** The next try of the item finds out by itself what became of an unclear write. */
	canBeLookedUp = false;

	constructor(
		node: INode,
		failure: Failure,
		itemIndex?: number,
		{ capability, hint = '', advice = 'popUp', secrets }: Circumstances = {},
	) {
		const facts = withoutSecrets(failure, secrets);
		const { message, description } = describe(facts);
		const { code, error_subcode, type, fbtrace_id } = facts.error ?? {};
		const numbers: IDataObject = { code, error_subcode, type, fbtrace_id };
		super(node, JSON.parse(JSON.stringify(numbers)), {
			message,
			description: inWordsOf(advice, `${hint} ${description}`.trim(), capability),
			httpCode: facts.status ? String(facts.status) : undefined,
			itemIndex,
			level: 'warning',
			failure: causeFor(facts),
		});
		this.facts = facts;
	}
}

/** True when Meta may have carried the call out although we have no positive answer. */
export function isUnclear({ status, error }: Failure): boolean {
	if (!error) return true;
	const row = explain(error);
	// A number that stands for one final refusal, or for too many calls, leaves nothing open.
	if ((isSpecific(error) && row?.retry === 'no') || row?.limits) return false;
	return status >= 500 || [1, 2, -1].includes(error.code) || error.error_subcode === 2207051;
}

/** Ties an error to the item it happened on. n8n's own kinds are not wrapped again: that would change nothing in them. */
export function asItemError(node: INode, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(node, error as Error, {
		itemIndex,
		description: (error as NodeOperationError).description ?? undefined,
	});
}
