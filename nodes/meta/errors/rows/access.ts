import type { Chapter } from '../row';

/** Permissions, access levels, and the state of the account. */
// prettier-ignore
export const ACCESS: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/graph-api/guides/error-handling',
		rows: [
			{ code: 3, retry: 'no', message: 'The Meta app lacks the capability for this call', fix: 'Request Advanced Access (and the feature, where one is named) for the app in the App Dashboard.' },
			{ code: 10, retry: 'no', message: 'The login lacks a permission for this call', fix: '{permission}' },
			{ code: 200, retry: 'no', message: 'The login has no permission for this', fix: "{permission} The account's Page has to be part of the login. While the app is in development, the person also needs a role on it." },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/messenger-platform/error-codes',
		rows: [
			// Meta calls it unknown in its message, and a missing permission in its table. It may be passing, so a read is tried again.
			{ code: 1, subcode: 99, retry: 'soon', message: 'Meta had an unknown error, which mostly means that a permission or Advanced Access is missing', fix: '{permission}' },
			{ code: 10, subcode: 2534077, retry: 'no', message: 'Meta cannot confirm the link between Page, Instagram account and login', fix: 'Unlink and relink the Instagram account in the Page settings, check two-factor login, then {again}.' },
			{ code: 10, subcode: 1893063, retry: 'no', message: 'This account is restricted from sending messages for a time', fix: 'Wait until Meta lifts the restriction; look at Account Status in the Instagram app.' },
			{ code: 100, subcode: 2534013, retry: 'no', message: 'This Page has no linked Instagram account', fix: 'Link the Instagram professional account in the Page settings, then run this again.' },
			{ code: 100, subcode: 2534029, retry: 'no', message: 'This business is blocked from messaging through the API', fix: 'Look at Account Status and the app alerts at Meta.' },
			{ code: 200, subcode: 2534041, retry: 'no', message: 'The Instagram account does not let apps read its messages', fix: 'In the Instagram app: Settings > Messages and story replies > Message controls > Connected tools > Allow access to messages.' },
			{ code: 200, subcode: 2018028, retry: 'no', message: 'The Meta app may only message people with a role on it', fix: 'Publish the app and request Advanced Access, or add the person as a tester.' },
			{ subcode: 2022, retry: 'no', message: 'Meta switched off messages about commerce for this account after a violation of its policies', fix: 'Look at Account Status in the Instagram app and at the Page Quality tab, resolve or appeal what stands there, and send again when it is lifted.' },
			{ subcode: 2018247, retry: 'no', message: 'The app may not read this profile', fix: '{permission}' },
			{ code: 36103, retry: 'no', message: 'This Instagram account cannot be used through the API', fix: 'Switch it to a Business or Creator account and link it again.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes',
		rows: [
			{ code: 25, subcode: 2207050, anywhere: true, retry: 'no', message: 'The Instagram account is restricted', fix: 'Log in to the Instagram app with this account and resolve what it asks.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile',
		rows: [
			{ code: 230, retry: 'no', message: 'The person has not agreed to share this, or a messaging permission is missing', fix: 'Wait until the person writes to the account; check that the messaging capability is on.' },
		],
	},
];
