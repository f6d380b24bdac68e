import { codeOf, failed, notChecked, ok, problem, warning, type Check } from './define';
import { failureOf, valueOf } from './read';
import { checkOf, isWanted } from './permissions';

/** From this share of the limit on it is worth a warning. */
const NEARLY = 0.8;

/**
 * How many posts of the last 24 hours count against the account's limit.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit
 */
export const publishingLimit: Check = {
	check: 'publishingLimit',
	name: 'Publishing Limit',
	follows: [
		'account',
		'tokenValid',
		'appMode',
		'basePermissions',
		checkOf('publishing'),
		'grantedAssets',
		'pageRole',
		'instagramLink',
	],
	run: (facts) => {
		if (!isWanted(facts, 'publishing')) return notChecked('Publishing is not part of this login');
		const refused = failureOf(facts.quota);
		if (refused && facts.login.kind === 'instagram' && codeOf(refused) === 10) {
			return problem(
				'The login may not publish',
				'Log in again, or make a new token, with instagram_business_content_publish',
			);
		}
		if (refused) return failed(refused);
		const { quota_usage: used, config } = valueOf(facts.quota) ?? {};
		const total = config?.quota_total;
		if (used === undefined || total === undefined)
			return notChecked('Meta does not tell how much of the publishing limit is used');
		const count = `${used} of ${total} posts of the last 24 hours are used`;
		if (used >= total)
			return problem(
				`The account's publishing limit is used up: ${count}`,
				'Publish again when the oldest post of the last 24 hours is a day old',
			);
		return used >= total * NEARLY ? warning(count, 'Space out your posts: Meta refuses what goes beyond') : ok(count);
	},
};
