import { N8nError, type Session } from './session.mts';

/** What a workflow needs to refer to a credential. */
export type CredentialRef = {
	id: string;
	name: string;
};

/** A credential's field values. */
export type CredentialData = Record<string, unknown>;

/** Verdict of n8n's credential test, in the words the editor shows. */
export type CredentialTest = {
	status: 'OK' | 'Error';
	message: string;
};

/** Creates, changes, tests and connects credentials the way the editor does. */
export class Credentials {
	readonly #session: Session;

	constructor(session: Session) {
		this.#session = session;
	}

	/** The redirect URL to register at an OAuth2 provider. */
	get oauthRedirectUri(): string {
		return `${this.#session.url}/rest/oauth2-credential/callback`;
	}

	async create(type: string, name: string, data: CredentialData): Promise<CredentialRef> {
		const { id } = await this.#session.call<CredentialRef>('POST', '/credentials', { type, name, data });
		return { id, name };
	}

	/** Merges `changes` into the stored values; values shown redacted keep what is stored. */
	async update(id: string, changes: CredentialData): Promise<void> {
		const { name, type, data } = await this.#read(id);
		await this.#session.call('PATCH', `/credentials/${id}`, { name, type, data: { ...data, ...changes } });
	}

	/** The values as the editor sees them: secrets are blanked out, defaults are not filled in. */
	async getData(id: string): Promise<CredentialData> {
		return (await this.#read(id)).data;
	}

	/** Tests a stored credential, optionally with changed values, as "Save" and "Retry" in the editor do. */
	async test(id: string, changes: CredentialData = {}): Promise<CredentialTest> {
		const { name, type, data } = await this.#read(id);
		const credentials = { id, name, type, data: { ...data, ...changes } };
		return await this.#session.call<CredentialTest>('POST', '/credentials/test', { credentials });
	}

	async delete(id: string): Promise<void> {
		await this.#session.call('DELETE', `/credentials/${id}`);
	}

	/**
	 * Connects an OAuth2 credential as the pop-up does.
	 * @param consent plays the person in the browser: gets the provider's authorise URL, returns the URL the
	 *   provider redirects to (n8n's callback, with `code` and `state`)
	 * @throws N8nError with the text of n8n's callback page when the connection failed
	 */
	async connectOAuth2(id: string, consent: (authorizeUrl: string) => Promise<string>): Promise<void> {
		const authorizeUrl = await this.#session.call<string>('GET', `/oauth2-credential/auth?id=${id}`);
		const callback = new URL(await consent(authorizeUrl));
		if (callback.origin + callback.pathname !== this.oauthRedirectUri) {
			const where = callback.origin + callback.pathname;
			throw new Error(`Consent ended at ${where} instead of n8n's callback ${this.oauthRedirectUri}.`);
		}
		const response = await this.#session.raw('GET', callback.pathname + callback.search);
		const page = await response.text();
		// Both pages answer 200; only the script that tells the editor differs.
		if (response.status === 200 && /postMessage\((['"])success\1/.test(page)) return;
		const message = textOf(/<h4>Error: ([\s\S]*?)<\/h4>/, page) ?? 'n8n did not confirm the connection';
		throw new N8nError(message, response.status, textOf(/<pre class='reason'>([\s\S]*?)<\/pre>/, page));
	}

	async #read(id: string): Promise<CredentialRef & { type: string; data: CredentialData }> {
		return await this.#session.call('GET', `/credentials/${id}?includeData=true`);
	}
}

const ENTITIES: Record<string, string> = {
	'&quot;': '"',
	'&#x27;': "'",
	'&#x60;': '`',
	'&#x3D;': '=',
	'&lt;': '<',
	'&gt;': '>',
	'&amp;': '&',
};

function textOf(pattern: RegExp, page: string): string | undefined {
	const html = pattern.exec(page)?.[1];
	return html?.replace(/&(?:quot|lt|gt|amp|#x27|#x60|#x3D);/g, (entity) => ENTITIES[entity]);
}
