import { failed, notChecked, ok, problem, type Check, type Finding } from './define';
import { failureOf, valueOf } from './read';
import type { Facts } from './facts';

const HOW_TO_LINK =
	'In the Instagram app switch to a Business or Creator account. Link it under Page settings > Linked accounts > Instagram. Then connect the credential again, and tick the Page and the account in the dialog';

/** With Instagram Login the account tells its kind itself. */
function judgeType(type: unknown): Finding {
	if (typeof type !== 'string') return notChecked('Meta does not tell the type of this account');
	if (/^(business|media_creator)$/i.test(type))
		return ok(`The account is a professional one (${type.toLowerCase().replace('media_', '')})`);
	return problem(
		'The account is not a professional one any more',
		'In the Instagram app: Settings > Account type and tools > Switch to professional account',
	);
}

/** A Page shows an account only when it is a professional one and linked. */
function judgeLink({ account, page }: Facts): Finding {
	const refused = failureOf(page);
	if (refused) return failed(refused);
	const linked = valueOf(page)?.instagram_business_account;
	const name = account?.pageName ?? '';
	if (!linked)
		return problem(`The Page "${name}" shows no linked professional Instagram account any more`, HOW_TO_LINK);
	if (String(linked.id) !== account?.id)
		return problem(
			`The Page "${name}" is linked to another account now${linked.username ? `: @${linked.username}` : ''}`,
			'Connect the credential again, and choose that account in the nodes',
		);
	return ok(`The account is a professional one and linked to the Page "${name}"`);
}

/** Is the account professional, and still linked to its Page? */
export const instagramLink: Check = {
	check: 'instagramLink',
	name: 'Instagram Account',
	follows: ['account', 'tokenValid', 'appMode', 'basePermissions', 'pageRole'],
	run: (facts) => {
		if (facts.login.kind !== 'instagram') return judgeLink(facts);
		const refused = failureOf(facts.me);
		return refused ? failed(refused) : judgeType(valueOf(facts.me)?.account_type);
	},
};
