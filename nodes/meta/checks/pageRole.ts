import { codeOf, failed, FACEBOOK, notChecked, ok, problem, type Check } from './define';
import { failureOf, valueOf } from './read';
import type { Facts } from './facts';
import { isWanted } from './permissions';

/** Capability -> the task that Meta demands on the Page, in Meta's API and in the words of the Page settings. */
const TASKS: Record<string, { task: string; name: string }> = {
	messaging: { task: 'MESSAGING', name: 'Messages' },
	comments: { task: 'MODERATE', name: 'Community activity' },
	publishing: { task: 'CREATE_CONTENT', name: 'Content' },
	insights: { task: 'ANALYZE', name: 'Insights' },
};
/** Whoever has one of these has all of the others. */
const EVERYTHING = ['MANAGE', 'FULL_CONTROL'];

/** New Pages have the same tasks with a prefix. */
const plain = (task: string): string => task.replace(/^PROFILE_PLUS_/, '');

function lackingTasks(facts: Facts, given: string[]): Array<{ task: string; name: string }> {
	const tasks = given.map(plain);
	if (EVERYTHING.some((task) => tasks.includes(task))) return [];
	const needed = Object.keys(TASKS).filter((capability) => isWanted(facts, capability));
	return needed.map((capability) => TASKS[capability]).filter(({ task }) => !tasks.includes(task));
}

/**
 * May the person (or system user) act for the Page?
 * @see https://developers.facebook.com/docs/pages-api/overview
 */
export const pageRole: Check = {
	check: 'pageRole',
	name: 'Role on the Page',
	kinds: FACEBOOK,
	follows: ['account', 'tokenValid', 'appMode', 'basePermissions'],
	run: (facts) => {
		const { account, page, pages, login } = facts;
		const name = `the Page "${account?.pageName ?? ''}"`;
		const refused = failureOf(page);
		if (refused && [10, 100, 200, 803].includes(codeOf(refused) ?? 0)) {
			return problem(
				`The login may not see ${name} any more`,
				'Check that the person has a task on the Page (Page settings > Page access), then connect again and tick the Page',
			);
		}
		if (refused) return failed(refused);
		if (login.kind === 'facebookPage')
			return ok(`The Page token works for ${name}. The tasks of the person behind it cannot be seen`);
		const listed = failureOf(pages);
		if (listed) return failed(listed);
		const tasks = valueOf(pages)?.find(({ id }) => id === account?.pageId)?.tasks;
		if (!tasks)
			return notChecked(
				`The login works for ${name}, but Meta does not list its tasks`,
				'For a Page of a business portfolio, look under Business settings > Accounts > Pages',
			);
		const lacking = lackingTasks(facts, tasks);
		if (lacking.length === 0) return ok(`The person has the tasks on ${name} that this login needs`);
		return problem(
			`The person lacks ${lacking.map(({ name: label, task }) => `"${label}" (${task})`).join(', ')} on ${name}`,
			'An admin of the Page gives them under Page settings > Page access, or in the business portfolio under Accounts > Pages. Then connect again',
		);
	},
};
