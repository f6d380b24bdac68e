const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

const STYLE =
	'body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:24px;background:#f7f7f8;color:#262626}' +
	'main{max-width:480px;margin:auto;padding:24px;background:#fff;border-radius:12px;overflow-wrap:anywhere}' +
	'h1{font-size:20px;margin:0 0 12px}p{white-space:pre-line;margin:0 0 20px}' +
	'textarea{box-sizing:border-box;width:100%;min-height:120px;padding:8px;font:inherit;margin-bottom:16px}' +
	'button{width:100%;padding:12px;border:0;border-radius:8px;background:#0095f6;color:#fff;font:inherit;font-weight:600}';

const page = (title: string, body: string): string =>
	`<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
	`<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

/**
 * What the pages may do: send their own form back, nothing else. No script runs, nothing is loaded, nothing is stored,
 * and the signed address reaches no other site.
 */
export const PAGE_HEADERS: Record<string, string> = {
	'Content-Security-Policy':
		"sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Robots-Tag': 'noindex',
	'X-Content-Type-Options': 'nosniff',
};

/** Asks for the tap that counts: the form goes back to the signed address that opened it. */
export function confirmPage(message: string, label: string): string {
	return page(
		label,
		`<p>${escape(message)}</p><form method="post"><button type="submit">${escape(label)}</button></form>`,
	);
}

/** Name of the form's only field. */
export const ANSWER_FIELD = 'response';

/** Longer answers are refused: a person types less, and an item should stay small. */
export const ANSWER_MAX_LENGTH = 10_000;

/** The page on which a person answers with a text. */
export function formPage(form: { title: string; description: string; button: string }): string {
	return page(
		form.title || form.button,
		`${form.title ? `<h1>${escape(form.title)}</h1>` : ''}<p>${escape(form.description)}</p><form method="post">` +
			`<textarea name="${ANSWER_FIELD}" aria-label="${escape(form.title || form.button)}" maxlength="${ANSWER_MAX_LENGTH}" required autofocus></textarea>` +
			`<button type="submit">${escape(form.button)}</button></form>`,
	);
}

export const THANKS_PAGE = page('Got it, thanks', '<h1>Got it, thanks</h1><p>This page can be closed now.</p>');

export const CLOSED_PAGE = page(
	'No action required',
	'<h1>No action required</h1><p>This question is no longer open. A newer message may ask again.</p>',
);
