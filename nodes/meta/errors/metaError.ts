import {
	NodeApiError,
	NodeOperationError,
	type ICredentialTestRequest,
	type IDataObject,
	type INode,
} from 'n8n-workflow';
import { ERROR_TABLE, type ErrorRow } from './table';
import { inWordsOf, type Advice } from './advice';
import { redact } from './tokens';

/** The `error` object of a Graph answer. Only its numbers are compared. */
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

/** Looks an error up in the table; `undefined` when Meta sent a number that nobody listed. */
export function explain(error: GraphError): ErrorRow | undefined {
	const { code, error_subcode: subcode, type } = error;
	const hasNumbers = (row: ErrorRow) =>
		row.code === undefined
			? [code, subcode].includes(row.subcode)
			: row.code === code && [undefined, subcode].includes(row.subcode);
	const found = ERROR_TABLE.find((row) => hasNumbers(row) && [undefined, type].includes(row.type));
	const isPermission = code > PERMISSIONS.first && code <= PERMISSIONS.last;
	return (
		found ??
		(isPermission ? ERROR_TABLE.find((row) => row.code === PERMISSIONS.first && row.subcode === undefined) : undefined)
	);
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
	const row = explain(error);
	const theirs = error.error_user_msg ?? error.message ?? '';
	const wait = waitMinutes ? `Meta asks to wait ${waitMinutes} minutes. ` : '';
	return {
		message: row?.message ?? (theirs || 'Meta refused the request'),
		description: `${wait}${row?.fix ?? "Look the number up in Meta's documentation."} ${theirs ? `Meta says: "${theirs}" ` : ''}${trace(failure)}`,
	};
}

const rule = (key: string, value: number, message: string) =>
	({ type: 'responseSuccessBody', properties: { key, value, message } }) as const;

/** The table as rules of a credential test, so that it fails in the same words as a workflow. n8n tests pasted tokens only. */
export const credentialTestRules: NonNullable<ICredentialTestRequest['rules']> = ERROR_TABLE.flatMap((row) => {
	const text = `${row.message}. ${inWordsOf('paste', row.fix)}`;
	// A rule compares one value: a row that needs two of them cannot be one, unless its subcode says it all.
	if (row.type) return [];
	if (row.subcode !== undefined) return [rule('error.error_subcode', row.subcode, text)];
	return row.code === undefined ? [] : [rule('error.code', row.code, text)];
});

/** Only a change of the credential helps: token, app or secret. */
const CREDENTIAL_CODES = new Set([101, 102, 104, 190, 2500]);

/** What n8n itself should know of a failure: that the credential is at fault, or that waiting helps. */
function causeFor({ error, waitMinutes }: Failure): NodeApiError['failure'] {
	if (!error) return undefined;
	if (CREDENTIAL_CODES.has(error.code)) return { cause: 'credential-invalid' };
	if (explain(error)?.retry !== 'later') return undefined;
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
	if ((row?.subcode !== undefined && row.retry === 'no') || row?.limits) return false;
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
