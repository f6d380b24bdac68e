import type { Chapter } from '../row';

const RECONNECT = '{reconnect}';

/** Tokens, the login and the app behind it. */
// prettier-ignore
export const LOGIN: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/graph-api/guides/error-handling',
		rows: [
			{ code: 190, subcode: 458, retry: 'no', message: 'The Meta app was removed from this login', fix: `${RECONNECT} Confirm every permission.` },
			// Some edges answer it as a code.
			{ subcode: 459, retry: 'no', message: 'Meta asks this person to confirm their identity', fix: 'Log in at facebook.com (or instagram.com), finish the check, then run this again.' },
			{ code: 190, subcode: 460, retry: 'no', message: 'The login ended because the password was changed', fix: RECONNECT },
			{ code: 190, subcode: 463, retry: 'no', message: 'The login has expired', fix: RECONNECT },
			{ code: 190, subcode: 464, retry: 'no', message: 'The Facebook account of this login is not confirmed', fix: 'Confirm the account at facebook.com, then {again}.' },
			{ code: 190, subcode: 467, retry: 'no', message: 'The login is no longer valid', fix: RECONNECT },
			{ code: 190, subcode: 492, retry: 'no', message: 'This login lost its role on the Facebook Page', fix: 'Ask an admin of the Page to restore the role, then {again}.' },
			{ code: 190, retry: 'no', message: 'Meta does not accept this access token', fix: `${RECONNECT} A pasted token must be complete and of the right kind: messaging needs a Page, not only a user.` },
			{ code: 102, retry: 'no', message: 'The login session has ended', fix: RECONNECT },
		],
	},
	{
		// The page tells what to do with a refused token; it does not list these numbers.
		page: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging-and-error-handling',
		rows: [
			{ code: 190, subcode: 490, retry: 'no', message: 'Meta holds this person in a security check', fix: 'Log in at facebook.com (or instagram.com), finish the check, then run this again.' },
			{ code: 190, subcode: 493, retry: 'no', message: 'The login ended because the person did not log in for 90 days', fix: `${RECONNECT} The token of a system user does not end so.` },
			{ code: 452, retry: 'no', message: 'Meta does not know the session of this token, or the person ended it', fix: RECONNECT },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/guides/secure-requests',
		rows: [
			{ code: 104, retry: 'no', message: 'Meta asks for a signed token', fix: 'Check that the app secret in the credential belongs to the app that made the token.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow',
		rows: [
			{ code: 101, retry: 'no', message: 'Meta does not know this app', fix: 'Check the App ID and the app secret in the credential.' },
			{ code: 191, retry: 'no', message: 'Meta does not allow this redirect address', fix: "Add n8n's OAuth redirect URL to Valid OAuth Redirect URIs of the Meta app." },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/reference/page',
		rows: [
			{ code: 190, subcode: 2069032, retry: 'no', message: 'Meta wants a Page token for this call', fix: 'Choose an account that belongs to a Facebook Page of this login, or paste a Page token.' },
			{ code: 210, retry: 'no', message: 'Meta wants a Page token for this call', fix: 'Choose an account that belongs to a Facebook Page of this login, or paste a Page token.' },
		],
	},
];
