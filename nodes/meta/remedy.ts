/** How an operator gets a new login: through the pop-up, through one whose permissions a configuration decides, or by pasting a token. */
export type Remedy = 'popUp' | 'configuration' | 'paste';

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

const WORDS: Record<Remedy, Words> = {
	popUp,
	configuration: { ...popUp, permission: 'Add the permission to the login configuration of the Meta app, then connect again.' },
	paste: {
		reconnect: 'Make a new token and paste it into the credential.',
		again: 'paste a new token into the credential',
		permission: 'Make a token with the permission and paste it into the credential.',
	},
};

/** Fills `{reconnect}`, `{again}` and `{permission}` of an advice with the words that fit the login. */
export const inWordsOf = (remedy: Remedy, advice: string): string =>
	advice.replace(/\{(reconnect|again|permission)\}/g, (_match, key: keyof Words) => WORDS[remedy][key]);
