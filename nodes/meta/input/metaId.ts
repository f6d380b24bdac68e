/** IDs that Meta gives to posts, comments, people and most other objects: numbers; some carry the owner's behind a line. */
const NUMBER = /^\d{1,40}(_\d{1,40})?$/;

/** IDs of messages and conversations: one long word in the letters of base64, none of which means anything in an address. */
const OPAQUE = /^[\w=-]{1,500}$/;

/** What Meta itself calls things by, as in `/me`: it would lead to something else than an object with an ID. */
const WORD = /^[a-z_]+$/;

/** Whether this is a number that Meta gives out as an ID. */
export function isMetaId(text: string): boolean {
	return NUMBER.test(text);
}

/** Whether this can be the ID of a message or a conversation, which is no number. */
export function isOpaqueId(text: string): boolean {
	return OPAQUE.test(text) && !WORD.test(text);
}

/** A value as an error quotes it: a long one is cut. */
export function quoted(text: string): string {
	return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
