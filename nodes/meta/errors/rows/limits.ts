import type { Chapter } from '../row';
import { SLOW_DOWN } from '../advice';

/** Too many calls, and what Meta holds back for its policies. */
// prettier-ignore
export const LIMITS: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/graph-api/overview/rate-limiting',
		rows: [
			{ code: 4, retry: 'later', limits: 'app', message: 'The Meta app reached its call limit', fix: SLOW_DOWN },
			{ code: 17, retry: 'later', limits: 'login', message: 'This login reached its call limit', fix: SLOW_DOWN },
			{ code: 32, retry: 'later', limits: 'login', message: 'The Page reached its call limit', fix: SLOW_DOWN },
			{ code: 613, retry: 'later', limits: 'call', message: 'Meta limits the rate of this call', fix: SLOW_DOWN },
			{ code: 80001, retry: 'later', limits: 'account', message: 'The Page reached its call limit', fix: SLOW_DOWN },
			{ code: 80002, retry: 'later', limits: 'account', message: 'The Instagram account reached its call limit', fix: SLOW_DOWN },
			{ code: 80006, retry: 'later', limits: 'account', message: 'The account reached its messaging limit', fix: SLOW_DOWN },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/graph-api/guides/error-handling',
		rows: [
			{ code: 341, retry: 'later', limits: 'app', message: 'A limit of the Meta app was reached', fix: SLOW_DOWN },
			{ code: 368, retry: 'later', message: 'Meta blocked this action because of its policies', fix: 'Look at Account Status in the Instagram app and at the alerts of the Meta app.' },
			// Checks of the person behind the login; the page lists the code alone.
			{ code: 368, subcode: 4854002, retry: 'later', message: 'Meta wants the person behind this login to confirm their identity', fix: 'Open the Facebook app as this person, follow its instructions, then run this again.' },
			{ code: 368, subcode: 1404112, retry: 'later', message: 'Meta limits the account behind this login for some days', fix: 'Log in at facebook.com as this person and resolve what stands there; run this again when Meta lifts the limit.' },
		],
	},
];
