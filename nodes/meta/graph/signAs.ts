/**
 * How a node tells the Access Token credential which of its tokens signs a call: a Page ID, or `app`.
 * The credential takes the header out again, so it never reaches Meta.
 */
export const SIGN_AS_HEADER = 'x-n8n-instagram-sign-as';

/** Value of the header of a call that only wakes the credential. */
export const WAKE = 'wake';

/** Stands before a Page ID in the header of a call to the upload host, which names the scheme of its tokens otherwise. */
export const SIGN_UPLOAD = 'upload:';

/** How the upload host wants a token. */
export function uploadAuthorization(token: string): string {
	return `OAuth ${token}`;
}
