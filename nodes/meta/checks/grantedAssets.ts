import { failed, FACEBOOK, notChecked, ok, problem, type Check } from './define';
import { failureOf, valueOf } from './read';

/**
 * A permission can be given for some Pages and accounts only (`granular_scopes`); without `target_ids` it is for all.
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export const grantedAssets: Check = {
	check: 'grantedAssets',
	name: 'Permissions for This Account',
	kinds: FACEBOOK,
	// Meta counts an account that is not linked any more as not granted.
	follows: ['account', 'tokenValid', 'app', 'appMode', 'instagramLink'],
	run: ({ account, token }) => {
		const refused = failureOf(token);
		if (refused) return failed(refused);
		const granular = valueOf(token)?.granular_scopes;
		if (!account || !granular)
			return notChecked(
				'Meta tells the app only for which accounts the permissions hold',
				'Fill in App ID and App Secret in the credential to see it',
			);
		const ids = [account.id, account.pageId];
		// Permissions of portfolios and catalogues name IDs of those.
		const without = granular.filter(
			({ scope, target_ids }) =>
				/^(instagram|pages)_/.test(scope) && target_ids && !target_ids.some((id) => ids.includes(String(id))),
		);
		if (without.length === 0) return ok('The permissions hold for this account and its Page');
		return problem(
			`${without.map(({ scope }) => scope).join(', ')}: given for other accounts, not for this one`,
			'Connect again. In the dialog choose "Edit previous settings" and tick both the Page and the Instagram account. For a system user, assign both in the business portfolio',
		);
	},
};
