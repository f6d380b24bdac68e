import { CAPABILITY_NAMES, SCOPES_BY_CAPABILITY } from '../constants';

/** What to do about too many calls. */
export const SLOW_DOWN =
	'Meta did not carry the call out. Wait, then run the workflow again; calling on makes the wait longer. With "Wait When Rate Limited" under Options, the Instagram node waits by itself.';

/** How an operator gets a new login: through the pop-up, through one whose permissions a configuration decides, or by pasting a token. */
export type Advice = 'popUp' | 'configuration' | 'paste';

type Words = {
	/** A sentence. */
	reconnect: string;
	/** Goes on after "then". */
	again: string;
	/** A sentence, for a permission that is missing. */
	permission: string;
};

const popUp: Words = {
	reconnect: 'Open the credential in n8n and connect again.',
	again: 'connect the credential again',
	permission: 'Connect again with the capability switched on, and check that the app has access to the permission.',
};

const WORDS: Record<Advice, Words> = {
	popUp,
	configuration: {
		...popUp,
		permission: 'Add the permission to the login configuration of the Meta app, then connect again.',
	},
	paste: {
		reconnect: 'Make a new token and paste it into the credential.',
		again: 'paste a new token into the credential',
		permission: 'Make a token with the permission and paste it into the credential.',
	},
};

/** The same, for an operation that needs a capability which logins do not have by themselves. */
const NAMED: Record<Advice, (name: string, scopes: string) => string> = {
	popUp: (name, scopes) =>
		`Switch the capability "${name}" on in the credential (it adds ${scopes}), connect again, and check that the app has access to what it adds.`,
	configuration: (_name, scopes) => `Add ${scopes} to the login configuration of the Meta app, then connect again.`,
	paste: (_name, scopes) => `Make a token with ${scopes} and paste it into the credential.`,
};

/**
 * Fills `{reconnect}`, `{again}` and `{permission}` of an advice with the words that fit the login.
 * @param capability what the refused call needs, where that is known
 */
export function inWordsOf(advice: Advice, text: string, capability?: string): string {
	const words = {
		...WORDS[advice],
		...(capability
			? { permission: NAMED[advice](CAPABILITY_NAMES[capability], SCOPES_BY_CAPABILITY[capability].join(' and ')) }
			: {}),
	};
	return text.replace(/\{(reconnect|again|permission)\}/g, (_match, key: keyof Words) => words[key]);
}
