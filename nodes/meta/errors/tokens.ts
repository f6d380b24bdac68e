/** How a token of Instagram Login begins; one of Facebook Login begins with EAA. */
export const INSTAGRAM_TOKEN_START = 'IG';

/** Meta's own objects begin with IG too, as `IGUserForIGOnlyAPI`: a token has digits, or is longer than any of their names. */
const TOKENS = new RegExp(
	`\\b(?:EAA|${INSTAGRAM_TOKEN_START}(?=[\\w-]*\\d|[\\w-]{40}))[\\w-]{8,}|\\b\\d{5,}\\|[\\w-]{8,}`,
	'g',
);

/** Whether a token is one of Instagram Login. */
export function isInstagramToken(token: string): boolean {
	return token.startsWith(INSTAGRAM_TOKEN_START);
}

/**
 * Takes everything that looks like a token out of a text: Meta quotes a malformed one in some of its own, and a token must
 * not reach an item or a log.
 * @param secrets what else must not stand there, however it looks
 */
export function redact(text: string, secrets: string[] = []): string {
	return secrets
		.filter(Boolean)
		.reduce((left, secret) => left.replaceAll(secret, '[token]'), text)
		.replace(TOKENS, '[token]');
}
