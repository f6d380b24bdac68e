import type { Chapter } from '../row';

/** Objects, requests, webhook subscriptions, and Meta itself. */
// prettier-ignore
export const REQUESTS: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/graph-api/guides/error-handling',
		rows: [
			{ code: 1, retry: 'soon', message: 'Meta had an unknown error', fix: 'Try again in a minute.' },
			{ code: 2, retry: 'soon', message: 'Meta is temporarily unavailable', fix: 'Try again in a minute.' },
			{ code: 506, retry: 'no', message: 'Meta takes this for a repetition of what was posted just before', fix: 'Look whether the post is live already; otherwise change its text.' },
			{ code: 803, retry: 'no', message: 'Meta does not know this ID', fix: 'Check the ID; it must be a number that Meta gave out, not a name.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/messenger-platform/error-codes',
		rows: [
			{ code: 100, subcode: 33, retry: 'no', message: 'Meta does not know this ID, or this login may not see it', fix: 'Check the ID, and that it belongs to the chosen account. An ID copied from another login or app does not work.' },
		],
	},
	{
		// The page tells how objects are named and versions end; it does not list the numbers.
		page: 'https://developers.facebook.com/docs/graph-api/overview',
		rows: [
			{ code: 12, retry: 'no', message: 'Meta has ended what this call asks for', fix: 'Leave out what Meta names, or choose what it offers instead.' },
			{ code: 21, retry: 'no', message: 'This Page has got another ID', fix: 'Use the new ID, or choose the account from the list again.' },
			{ code: 33, retry: 'no', message: 'Meta does not know this ID, or this login may not see it', fix: 'Check the ID, and that it belongs to the chosen account. An ID copied from another login or app does not work.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
		rows: [
			{ code: 2200, retry: 'no', message: "Meta could not verify n8n's webhook address", fix: 'The address must be public, with a valid HTTPS certificate, and WEBHOOK_URL of n8n must name it.' },
			{ code: 2201, retry: 'no', message: "What answered at n8n's webhook address was not n8n", fix: 'Check that WEBHOOK_URL names n8n itself, and that no proxy, login page or tunnel warning answers in its place.' },
		],
	},
];
