import { isMetaId, isOpaqueId, quoted } from '../input/metaId';

declare const checked: unique symbol;

/** Where a Graph call goes, below host and version; begins with a slash. Only `graphPath` makes one. */
export type GraphPath = string & { readonly [checked]: true };

function segmentOf(value: string): string {
	if (isMetaId(value) || isOpaqueId(value)) return encodeURIComponent(value);
	throw new Error(
		`${quoted(value)} is no ID of Meta. An ID is a long number or word from a trigger event or from an operation that lists such objects.`,
	);
}

/**
 * Builds the path of a call: `` graphPath`/${postId}/comments` ``. Its words stand in the code, and nothing but IDs may
 * stand between them, so that no value of an item can lead a signed call elsewhere or add parameters to it.
 * @throws Error in plain words for a value that cannot be an ID of Meta
 */
export function graphPath(words: TemplateStringsArray, ...ids: string[]): GraphPath {
	return String.raw({ raw: words }, ...ids.map(segmentOf)) as GraphPath;
}
