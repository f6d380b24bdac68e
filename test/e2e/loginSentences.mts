import { MESSAGES, type LoginName } from './logins.mts';

export const OK = 'OK';
export const RECONNECT = 'Open the credential in n8n and connect again.';
const PASTE = 'Make a new token and paste it into the credential.';
const REMOVED = 'The Meta app was removed from this login.';
const PASSWORD = 'The login ended because the password was changed.';
const CHECK =
	'Meta asks this person to confirm their identity. Log in at facebook.com (or instagram.com), finish the check';
const NOT_SEEN = 'The login ended because the person did not log in for 90 days.';
const EXPIRED = 'The login has expired.';
const ROLE = 'This login lost its role on the Facebook Page. Ask an admin of the Page to restore the role';
const TOO_LATE =
	'Meta did not give a lasting login. A new login must be used within an hour: choose the account in a node, or run the node once.';
const LACKS = 'The login lacks a permission for this call.';
const SWITCH_ON = 'Connect again with the capability switched on, and check that the app has access to the permission.';
const ADD_TO_CONFIGURATION = 'Add the permission to the login configuration of the Meta app, then connect again.';
const PASTE_ANOTHER = 'Make a token with the permission and paste it into the credential.';
/** n8n's own words for a dialog that came back without a code. */
const N8N_CANCELLED = 'Insufficient parameters for OAuth2 callback.';

/** What has become of a login. */
export type State =
	| 'connect'
	| 'first call'
	| 'restart of n8n'
	| 'near expiry'
	| 'expired'
	| 'expired, then connected again'
	| 'first used a day later'
	| 'app removed'
	| 'password changed'
	| 'identity check'
	| 'Page role lost'
	| 'permission left out'
	| 'permission left out, then connected again'
	| 'permission taken back'
	| 'cancelled in the dialog';

const pastedToken = {
	connect: OK,
	'first call': OK,
	'restart of n8n': OK,
	'near expiry': OK,
	'app removed': `${REMOVED} ${PASTE}`,
	'password changed': `${PASSWORD} ${PASTE}`,
	'identity check': `${CHECK}, then run this again.`,
	'permission left out': `${LACKS} ${PASTE_ANOTHER}`,
	'permission taken back': `${LACKS} ${PASTE_ANOTHER}`,
};

/** What the user sees: `OK`, or the message and the first sentence below it. A state that a login does not know is left out. */
export const TABLE: Partial<Record<LoginName, Partial<Record<State, string>>>> = {
	'Facebook Login': {
		connect: OK,
		'first call': OK,
		'restart of n8n': OK,
		'near expiry': OK,
		expired: `${NOT_SEEN} ${RECONNECT}`,
		'expired, then connected again': OK,
		'first used a day later': TOO_LATE,
		'app removed': `${REMOVED} ${RECONNECT}`,
		'password changed': `${PASSWORD} ${RECONNECT}`,
		'identity check': `${CHECK}, then run this again.`,
		'Page role lost': `${ROLE}, then connect the credential again.`,
		'permission left out': `${LACKS} Left out in the login dialog: ${MESSAGES}.`,
		'permission left out, then connected again': OK,
		'permission taken back': `${LACKS} ${SWITCH_ON}`,
		'cancelled in the dialog': N8N_CANCELLED,
	},
	// A configuration is granted as a whole; its token never ends, and nobody's password or identity stands behind it.
	'Facebook Login, system user': {
		connect: OK,
		'first call': OK,
		'restart of n8n': OK,
		'near expiry': OK,
		expired: OK,
		'first used a day later': OK,
		'app removed': `${REMOVED} ${RECONNECT}`,
		'password changed': OK,
		'identity check': OK,
		'Page role lost': `${ROLE}, then connect the credential again.`,
		'permission taken back': `${LACKS} ${ADD_TO_CONFIGURATION}`,
		'cancelled in the dialog': N8N_CANCELLED,
	},
	'Instagram Login': {
		connect: OK,
		'first call': OK,
		'restart of n8n': OK,
		'near expiry': OK,
		expired: `${EXPIRED} ${RECONNECT}`,
		'expired, then connected again': OK,
		'first used a day later': TOO_LATE,
		'app removed': `${REMOVED} ${RECONNECT}`,
		'password changed': `${PASSWORD} ${RECONNECT}`,
		'identity check': `${CHECK}, then run this again.`,
		'Page role lost': OK,
		'permission left out': `${LACKS} ${SWITCH_ON}`,
		'permission left out, then connected again': OK,
		'permission taken back': `${LACKS} ${SWITCH_ON}`,
		'cancelled in the dialog': N8N_CANCELLED,
	},
	'pasted user token': {
		...pastedToken,
		expired: `${NOT_SEEN} ${PASTE}`,
		'first used a day later': `Meta does not accept the access token of the credential. ${EXPIRED}`,
		'Page role lost': `${ROLE}, then paste a new token into the credential.`,
		// Meta knows what the same person left out.
		'permission left out': `${LACKS} Left out in the login dialog: ${MESSAGES}.`,
	},
	'pasted Page token': {
		...pastedToken,
		expired: `${NOT_SEEN} ${PASTE}`,
		'first used a day later': OK,
		'Page role lost': `${ROLE}, then paste a new token into the credential.`,
	},
	'pasted system user token': {
		...pastedToken,
		expired: OK,
		'first used a day later': OK,
		'password changed': OK,
		'identity check': OK,
		'Page role lost': `${ROLE}, then paste a new token into the credential.`,
	},
	'pasted Instagram token': {
		...pastedToken,
		expired: `${EXPIRED} ${PASTE}`,
		'first used a day later': OK,
		'Page role lost': OK,
	},
};
