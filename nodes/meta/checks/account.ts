import { ok, problem, type Check } from './define';

/** Is there one account to work for? */
export const account: Check = {
	check: 'account',
	name: 'Account',
	run: ({ account: chosen, accountProblem }) => {
		if (!chosen) return problem(accountProblem?.message ?? 'There is no account', accountProblem?.fix);
		const name = chosen.username ? `@${chosen.username}` : chosen.id;
		return ok(
			chosen.pageName ? `The login reaches ${name} through the Page "${chosen.pageName}"` : `The login reaches ${name}`,
		);
	},
};
