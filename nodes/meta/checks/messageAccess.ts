import { codeOf, failed, notChecked, ok, problem, type Check } from './define';
import { failureOf } from './read';
import { checkOf, isWanted } from './permissions';

/**
 * May apps see the account's messages? A read of the conversations is refused when its owner has switched that off.
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 */
export const messageAccess: Check = {
	check: 'messageAccess',
	name: 'Access to Messages',
	follows: [
		'account',
		'tokenValid',
		'appMode',
		'basePermissions',
		checkOf('messaging'),
		'grantedAssets',
		'pageRole',
		'instagramLink',
	],
	run: (facts) => {
		if (!isWanted(facts, 'messaging')) return notChecked('Messaging is not part of this login');
		const refused = failureOf(facts.conversations);
		if (!refused)
			return facts.conversations
				? ok('Meta lists the conversations of the account')
				: notChecked('There is no account to ask for');
		if (facts.login.kind === 'instagram' && [10, 230].includes(codeOf(refused) ?? 0)) {
			return problem(
				'The login may not read messages',
				'Log in again, or make a new token, with instagram_business_manage_messages',
			);
		}
		return failed(refused);
	},
};
