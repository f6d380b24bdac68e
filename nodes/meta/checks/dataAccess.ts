import { failed, FACEBOOK, notChecked, ok, problem, warning, type Check } from './define';
import { DAY_MS, dayOf } from '../time';
import { failureOf, valueOf } from './read';

const WARN_BEFORE_MS = 14 * DAY_MS;
const AGAIN = 'The person opens the credential in n8n and connects again. Confirming the dialog gives another 90 days';

/**
 * A person's consent lapses 90 days after they last confirmed the app, even when the token has no end.
 * @see https://developers.facebook.com/docs/facebook-login/auth-vs-data
 */
export const dataAccess: Check = {
	check: 'dataAccess',
	name: 'Data Access',
	kinds: FACEBOOK,
	follows: ['tokenValid', 'app'],
	run: ({ token, now }) => {
		const refused = failureOf(token);
		if (refused) return failed(refused);
		const seconds = valueOf(token)?.data_access_expires_at;
		if (seconds === undefined)
			return notChecked(
				'Meta tells the end of data access to the app only',
				'Fill in App ID and App Secret in the credential to see it',
			);
		if (seconds === 0) return ok('The consent to data access has no end');
		const end = seconds * 1000;
		if (end <= now) return problem(`The consent to data access ended on ${dayOf(end)}`, AGAIN);
		if (end - now < WARN_BEFORE_MS)
			return warning(
				`The consent to data access ends on ${dayOf(end)}, 90 days after the person last confirmed the app`,
				AGAIN,
			);
		return ok(
			`Meta gives this app data until ${dayOf(end)}. Each new login of the person adds 90 days from then; nothing else does`,
		);
	},
};
