import { BASE_SCOPES, SCOPES_BY_CAPABILITY } from '../constants';
import { lacksRole, notChecked, ok, problem, type Check } from './define';
import { failureOf, valueOf } from './read';
import type { Facts } from './facts';
import { isWanted } from './permissions';

/** Words of Meta for a permission that anybody may grant; all others are for people with a role. */
const APPROVED = ['live', 'approved', 'granted'];

const UNSEEN = 'Meta does not tell whether the app is published (live)';
const LOOK =
	'Look in the App Dashboard, under Publish. Until the app is published, Meta sends no real events; without Advanced Access, they come for people with a role on the app only';

function neededScopes(facts: Facts): string[] {
	const wanted = Object.keys(SCOPES_BY_CAPABILITY).filter((capability) => isWanted(facts, capability));
	return [...new Set([...BASE_SCOPES, ...wanted.flatMap((capability) => SCOPES_BY_CAPABILITY[capability])])];
}

/**
 * May this person use the app at all, and what has App Review approved? Meta refuses people without a role while the
 * app is in development; apart from that its mode cannot be read.
 * @see https://developers.facebook.com/docs/graph-api/reference/application/permissions
 */
export const appMode: Check = {
	check: 'appMode',
	name: 'App Mode and Review',
	follows: ['tokenValid', 'app'],
	run: (facts) => {
		if (lacksRole(failureOf(facts.me), facts.login.kind)) {
			return problem(
				'The app is not published, and this person has no role on it',
				'Publish the app in the App Dashboard. For tests, add the person under App roles > Roles and let them accept the invitation',
			);
		}
		const reviewed = valueOf(facts.reviewed);
		if (!reviewed) return notChecked(`${UNSEEN}, nor what App Review has approved`, LOOK);
		const approved = reviewed
			.filter(({ status }) => APPROVED.includes(status.toLowerCase()))
			.map(({ permission }) => permission);
		const open = neededScopes(facts).filter((scope) => !approved.includes(scope));
		if (open.length === 0) return ok(`App Review has approved every permission of this login. ${UNSEEN}`);
		return notChecked(
			`${UNSEEN}. App Review has not approved ${open.join(', ')}: these work for people with a role on the app or its business only`,
			LOOK,
		);
	},
};
