import { isLimit, ok, problem, type Check } from './define';
import { failureOf } from './read';
import { readsOf } from './facts';

/** Has Meta closed the door for a while? Every read of this report would tell. */
export const callLimits: Check = {
	check: 'callLimits',
	name: 'Call Limits',
	run: (facts) => {
		const limited = readsOf(facts)
			.map(failureOf)
			.find((failure) => failure && isLimit(failure));
		return limited
			? problem(limited.message, limited.description ?? '')
			: ok('Meta takes calls. None of the reads of this report met a limit');
	},
};
