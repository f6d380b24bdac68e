import type { RunContext } from '../define';
import { isMetaId } from '../../../meta/reading/postLink';

/** A number that Meta gave out, from a field of the node. */
export function metaId({ fail, param }: Pick<RunContext, 'fail' | 'param'>, field: string, label: string): string {
	const given = String(param(field, '')).trim();
	if (isMetaId(given)) return given;
	throw fail(
		`"${label}" is no ID of Meta: "${given}"`,
		'An ID is a long number, from a trigger event or from an operation that lists such objects.',
	);
}
