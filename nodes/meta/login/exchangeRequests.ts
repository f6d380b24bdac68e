/**
 * What a node wants a credential to do when n8n asks that credential next, and what came of it. n8n stands between the
 * two and passes nothing on: they meet here, within one process, by the key of the login.
 */
type ExchangeRequest = {
	/** The accounts are to be read again although the token is fine. */
	isReread: boolean;
	/** n8n asked the credential, and the credential failed: Meta refused, or did not answer. */
	isRefused: boolean;
	/** What Meta gave before and n8n did not store: the credential hands it to n8n, without asking Meta again. */
	toStore?: object;
	/** What the credential gave to n8n to store. */
	result?: object;
};

/** By key of the login, and only while a node waits for n8n. */
const open = new Map<string, ExchangeRequest>();

/**
 * Opens a request for as long as n8n takes to ask the credential.
 * @param toStore what the credential is to hand to n8n instead of asking Meta
 * @param wake makes n8n ask the credential
 * @returns what `wake` gave, and what came of the request
 */
export async function whileRequested<T>(
	loginKey: string,
	{ isReread, toStore }: Pick<ExchangeRequest, 'isReread' | 'toStore'>,
	wake: () => Promise<T>,
): Promise<{ woken: T; request: ExchangeRequest }> {
	const request: ExchangeRequest = { isReread, isRefused: false, toStore };
	open.set(loginKey, request);
	try {
		return { woken: await wake(), request };
	} finally {
		// It may hold tokens. Another one for the same login may have taken its place.
		if (open.get(loginKey) === request) open.delete(loginKey);
	}
}

/** What the node wants n8n to store, instead of what Meta would give now. */
export function resultToStore<T extends object>(loginKey: string): T | undefined {
	return open.get(loginKey)?.toStore as T | undefined;
}

/** True while a node waits for the accounts of this login to be read again. */
export function isRereadRequested(loginKey: string | undefined): boolean {
	return open.get(loginKey ?? '')?.isReread ?? false;
}

/** The list was read, or could not be: either way, nobody asks again for it. @returns whether it was asked for */
export function endReread(loginKey: string): boolean {
	const request = open.get(loginKey);
	if (!request?.isReread) return false;
	request.isReread = false;
	return true;
}

/** Tells the node that n8n did its part, so that trying another way would only make Meta refuse once more. */
export function noteRefusal(loginKey: string): void {
	const request = open.get(loginKey);
	if (request) request.isRefused = true;
}

/** Hands to the node what n8n got to store: should that fail, Meta need not be asked again. */
export function noteResult(loginKey: string, result: object): void {
	const request = open.get(loginKey);
	if (request) request.result = result;
}
