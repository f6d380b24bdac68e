import { readText } from '../support/sources.mts';

const DOCUMENTS = [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	'docs/architecture.md',
	'docs/connect.md',
	'docs/scale.md',
	'sandbox/README.md',
];

export type Document = { path: string; text: string };

export const documents: Document[] = DOCUMENTS.map((path) => ({ path, text: readText(path) }));

/** A document that only a test has. */
export function document(text: string, path = 'docs/planted.md'): Document {
	return { path, text };
}

/** The first group of each match. */
export function matches(text: string, pattern: RegExp): string[] {
	return [...text.matchAll(pattern)].map((match) => match.slice(1).find((group) => group !== undefined) ?? '');
}

/** What stands in backticks, blocks aside. */
export function codeIn(text: string): string[] {
	return matches(text.replace(/```[^]*?```/g, ''), /`([^`]+)`/g);
}
