import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Account } from '../accounts';
import { isSpecific, MetaError, type GraphError } from '../errors/metaError';

/** The number for any parameter that Meta does not like, where nothing tells more of it. */
function parameterRefusal(error: unknown): GraphError | undefined {
	const refusal = error instanceof MetaError ? error.facts.error : undefined;
	return refusal?.code === 100 && !refusal.error_subcode && !isSpecific(refusal) ? refusal : undefined;
}

/**
 * The fields that Meta does not know, by its refusal of a subscription; none where it does not name one. One such field
 * costs the whole subscription, and Meta drops fields now and then.
 *
 * Meta has no number for this: 100 stands for any parameter, and the name of the field stands in `message` alone, a
 * sentence for the makers of an app that is not translated. Should it change, nothing is read and the refusal is told.
 * Meta names the first field that it does not know, and all that it knows, so that one reading finds the others as well.
 * @param sent names of the fields in the refused call
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
export function unknownFields(error: unknown, sent: string[]): string[] {
	const sentence = /Param subscribed_fields\[\d+\] must be one of \{([^}]*)\}\s*-\s*got "([^"]*)"/;
	const [, list, named] = sentence.exec(parameterRefusal(error)?.message ?? '') ?? [];
	if (named === undefined || !sent.includes(named)) return [];
	const known = new Set(list.toLowerCase().split(/[\s,]+/));
	return sent.filter((field) => field === named || !known.has(field.toLowerCase()));
}

/**
 * The refusal of a subscription from which nothing can be left out, told so that the reader can try with fewer fields.
 * @param fields names at the account, as sent
 * @returns other errors as they are
 */
export function refusedFields(node: INode, { username }: Account, fields: string[], error: unknown): unknown {
	if (!parameterRefusal(error)) return error;
	const { message, description } = error as MetaError;
	return new NodeOperationError(node, `Meta refused the webhook fields of @${username}`, {
		description: `One that Meta does not know costs all of them, and these were asked for: ${fields.join(', ')}. Choose fewer, one at a time if need be. ${message}. ${description ?? ''}`,
		level: 'warning',
	});
}
