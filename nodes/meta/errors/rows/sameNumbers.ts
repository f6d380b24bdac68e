import type { Chapter } from '../row';

/**
 * The only rows that look into Meta's `message`. Everywhere else numbers are compared, because Meta translates what it says
 * to people. What these few say is for the makers of an app: the same code, no subcode, the same `type` and HTTP status as
 * other errors, and a cause that is quite another. They have been English for everybody; should that change, none of them
 * matches, and the row or the class of the code speaks, as it does for any other error.
 */
// prettier-ignore
export const SAME_NUMBERS: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/development/maintaining-data-access',
		rows: [
			{ code: 200, says: 'API access blocked', retry: 'no', message: 'Meta blocked the app or the account from its API', fix: 'Open the App Dashboard, resolve or appeal what its alerts say, and look at Account Status in the Instagram app. A new login does not help.' },
			{ code: 200, says: 'API access deactivated', retry: 'no', message: "Meta switched off the app's access to its API", fix: 'Open the App Dashboard and reactivate the app there.' },
			{ code: 200, says: 'API access disrupted', retry: 'no', message: "Meta suspended the app's access until the yearly check of its data use is done", fix: 'Open the App Dashboard and complete the Data Use Checkup.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/overview/access-levels',
		rows: [
			{ code: 200, says: 'Advanced Access', retry: 'no', message: 'The Meta app lacks Advanced Access, and the other person has no role on it', fix: 'Request Advanced Access for the permission in the App Dashboard. Until then, add the person under App Roles > Roles.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/app-review',
		rows: [
			{ code: 100, says: 'Unsupported request - method type', retry: 'no', message: 'Meta does not let this account use the app', fix: 'Publish the app, or add the account under App Roles > Roles as Instagram Tester and accept the invitation in the Instagram settings, under Website permissions.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/guides/secure-requests',
		rows: [
			// The name of a parameter, which has no translation.
			{ code: 100, says: 'appsecret_proof', retry: 'no', message: 'The app secret does not fit the access token', fix: 'Fill the app secret into the credential, or check that it belongs to the app that made the token.' },
			{ code: 100, says: 'Error validating client secret', retry: 'no', message: 'The app secret is not the one of this app', fix: 'Copy the secret from the App Dashboard into the credential; Instagram Login has one of its own, under API setup with Instagram login.' },
			{ code: 1, says: 'Error validating client secret', retry: 'no', message: 'The app secret is not the one of this app', fix: 'Copy the secret from the App Dashboard (App settings > Basic) into the credential.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/overview',
		rows: [
			{ code: 100, type: 'GraphMethodException', says: 'Unsupported ', retry: 'no', message: 'Meta does not know this ID, or it has no such operation', fix: 'Check the ID, and that it belongs to the chosen account.' },
			{ code: 100, type: 'GraphMethodException', retry: 'no', message: 'The app secret does not fit the access token', fix: 'Fill the app secret into the credential, or check that it belongs to the app that made the token. If it does, this kind of object has no such operation.' },
			{ code: 1, says: 'reduce the amount of data', retry: 'no', message: 'Meta wants to be asked for less at once', fix: 'Set a lower limit or a shorter time, or ask for fewer fields.' },
			{ code: 2500, says: 'Unknown path components', retry: 'no', message: 'Meta does not know the address of this call', fix: 'Check the base URLs in the credential: each names a host only, because the node adds the Graph version. Then check the version.' },
			{ code: 2500, says: 'An active access token', retry: 'no', message: 'Meta received no usable access token', fix: '{reconnect}' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/reference/page',
		rows: [
			// The token is alive, but another kind of it.
			{ code: 190, says: 'Page Access Token', retry: 'no', message: 'Meta wants a Page token for this call', fix: 'Choose an account that belongs to a Facebook Page of this login, or paste a Page token.' },
		],
	},
];
