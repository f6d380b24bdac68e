import type { Token } from '../../world/tokens.mts';
import type { Page, Task } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { reachesPage, userById } from '../../world/world.mts';
import type { Call } from './call.mts';
import type { GraphError } from './errors.mts';
import { permissionDenied, taskMissing } from './errors.mts';
import type { Resolved } from './kinds.mts';

/** Every task, in the order in which Meta lists them. */
export const TASKS: readonly Task[] = ['ANALYZE', 'ADVERTISE', 'MODERATE', 'CREATE_CONTENT', 'MESSAGING', 'MANAGE'];

/**
 * Which task lets somebody grant a permission for a Page.
 * @see https://developers.facebook.com/docs/pages-api/overview
 */
const TASK_OF: Record<string, Task | undefined> = {
	instagram_content_publish: 'CREATE_CONTENT',
	instagram_manage_insights: 'ANALYZE',
	instagram_manage_messages: 'MESSAGING',
	instagram_manage_comments: 'MODERATE',
	pages_messaging: 'MESSAGING',
	pages_manage_metadata: 'MODERATE',
};

/** Tasks that the person behind a token has on a Page. */
export function tasksOf(world: World, token: Token, page: Page): readonly Task[] {
	if (!reachesPage(world, token, page.id)) return [];
	return userById(world, token.userId ?? '')?.tasks.get(page.id) ?? TASKS;
}

/** Tasks under the names that the Page has for them. */
export function taskNames(page: Page, tasks: readonly Task[]): string[] {
	return page.newExperience
		? tasks.map((task) => `PROFILE_PLUS_${task === 'MANAGE' ? 'FULL_CONTROL' : task}`)
		: [...tasks];
}

/** Take from a call the permissions for which the person lacks the task on the Page it is about. */
export function withholdScopes(call: Call, node: Resolved): void {
	const id = node.kind === 'page' ? node.object.id : node.account?.pageId;
	const page = call.world.pages.get(id ?? '');
	if (!page || !call.token || call.login === 'instagram') return;
	const tasks = tasksOf(call.world, call.token, page);
	if (tasks.includes('MANAGE')) return;
	const lacks = (scope: string): boolean => {
		const task = TASK_OF[scope];
		return task !== undefined && !tasks.includes(task);
	};
	call.withheld = new Set([...call.scopes].filter(lacks));
	call.scopes = new Set([...call.scopes].filter((scope) => !lacks(scope)));
}

/** Refuse a call that lacks permissions: 200 for want of a task, otherwise what `deny` says (10). */
export function needScopes(
	call: Call,
	scopes: string[] = [],
	deny: (missing: string[]) => GraphError = permissionDenied,
): void {
	const missing = scopes.filter((scope) => !call.scopes.has(scope));
	if (missing.length === 0) return;
	const withheld = missing.filter((scope) => call.withheld.has(scope));
	throw withheld.length > 0 ? taskMissing(withheld) : deny(missing);
}
