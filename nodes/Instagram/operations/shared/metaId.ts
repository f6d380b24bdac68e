import type { RunContext } from '../define';
import { isMetaId, isOpaqueId, quoted } from '../../../meta/input/metaId';

type Field = Pick<RunContext, 'fail' | 'param'>;

const given = ({ param }: Field, field: string): string => String(param(field, '')).trim();

/** A number that Meta gave out, from a field of the node. */
export function metaId(ctx: Field, field: string, label: string): string {
	const id = given(ctx, field);
	if (isMetaId(id)) return id;
	throw ctx.fail(
		`"${label}" is no ID of Meta: ${quoted(id)}`,
		'An ID is a long number, from a trigger event or from an operation that lists such objects.',
	);
}

/** ID of a message or a conversation, which is no number, from a field of the node. */
export function opaqueId(ctx: Field, field: string, label: string): string {
	const id = given(ctx, field);
	if (isOpaqueId(id)) return id;
	throw ctx.fail(
		`"${label}" is no ID of Meta: ${quoted(id)}`,
		'Such an ID is one long word of letters and digits, from a trigger event or from an operation that lists conversations or messages.',
	);
}
