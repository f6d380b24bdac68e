import { parse } from 'node-html-parser';
import { fetch } from 'undici';

/** What a person leaves unticked in the login dialog, and picks where it asks. */
export type Choices = {
	withoutPages?: string[];
	withoutPermissions?: string[];
	/** Username of the account, in Instagram's dialog; the first one when absent. */
	account?: string;
};

/**
 * Does what a person does in Meta's login dialog: opens it, leaves the boxes ticked (but for `choices`), continues.
 * @param dialogUrl the address that n8n opens in its pop-up
 * @returns the address that Meta sends the browser back to
 * @throws Error with the dialog's text when it shows an error page
 */
export async function continueLogin(dialogUrl: string, choices: Choices = {}): Promise<string> {
	const page = await fetch(dialogUrl);
	const html = parse(await page.text());
	if (page.status !== 200) throw new Error(`The login dialog refused: ${html.textContent.trim().replace(/\s+/g, ' ')}`);
	const refused = new Set([...(choices.withoutPages ?? []), ...(choices.withoutPermissions ?? [])]);
	const form = new URLSearchParams({ action: 'continue' });
	for (const input of html.querySelectorAll('form input')) {
		const [name, value] = [input.getAttribute('name'), input.getAttribute('value')];
		const isLeftOut =
			input.getAttribute('type') === 'radio' &&
			(choices.account ? value !== choices.account : !input.hasAttribute('checked'));
		if (isLeftOut) continue;
		if (name && value !== undefined && !refused.has(value) && !input.hasAttribute('disabled')) form.append(name, value);
	}
	const answer = await fetch(dialogUrl, { method: 'POST', body: form, redirect: 'manual' });
	const location = answer.headers.get('location');
	if (!location) throw new Error(`The login dialog did not lead back (HTTP ${answer.status})`);
	return location;
}
