/** Text made safe for HTML, also inside attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A small page in the sandbox's style; `body` is HTML. */
export function htmlPage(title: string, body: string): string {
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;background:#f0f2f5;color:#1c1e21;margin:0;display:grid;place-items:center;min-height:100vh}
main{background:#fff;border-radius:12px;box-shadow:0 2px 12px #0002;padding:28px;max-width:460px;width:90%}
h1{font-size:20px;margin:0 0 8px}h2{font-size:15px;margin:18px 0 6px}
label{display:block;padding:3px 0}small{color:#65676b}
button{font:inherit;border:0;border-radius:8px;padding:10px 18px;margin:20px 8px 0 0;cursor:pointer}
.primary{background:#0866ff;color:#fff}code{font-size:13px;word-break:break-all}
</style></head><body><main>${body}</main></body></html>`;
}

/** The dialog's own error page: no redirect, so that a wrong redirect_uri gets nothing. */
export function errorPage(title: string, detail: string): string {
	return htmlPage(
		title,
		`<h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p><p><small>Sandbox login dialog</small></p>`,
	);
}
