import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import { grantOf, killTokens, recordGrant, removeApp, requestDeletion, withdrawScope } from '../world/grants.mts';
import { TASKS } from '../graph/engine/tasks.mts';
import type { Grantor, Task } from '../world/types.mts';
import type { Locale } from '../world/locales.mts';
import { LOCALES } from '../world/locales.mts';
import type { World } from '../world/world.mts';
import { accountByUsername, userById } from '../world/world.mts';
import { refuse } from './refuse.mts';

/** What may happen to somebody who logged in; each part is optional. */
type UserBody = {
	checkpointed?: boolean;
	hasRole?: boolean;
	passwordChanged?: boolean;
	appRemoved?: boolean;
	/** Asks every app to delete the data, after removing it. */
	dataDeletion?: boolean;
	/** Permissions taken back, and given again. */
	revoke?: string[];
	grant?: string[];
	/** Page id -> whether the person has a role on it, or with which tasks. */
	pages?: Record<string, boolean | Task[]>;
};

const KEYS = ['checkpointed', 'hasRole', 'passwordChanged', 'appRemoved', 'dataDeletion', 'revoke', 'grant', 'pages'];

const needGrantor = (world: World, id: string): Grantor => {
	const found = userById(world, id) ?? world.accounts.get(id) ?? accountByUsername(world, id);
	if (!found) throw refuse(404, `There is no user or account ${id}.`);
	return found;
};

const setPageRoles = (world: World, grantor: Grantor, pages: UserBody['pages'] = {}): void => {
	if (!('lostPages' in grantor)) throw refuse(400, 'Only people have roles on Pages.');
	const strange = Object.keys(pages).find((id) => !world.pages.has(id));
	if (strange !== undefined) throw refuse(404, `There is no Page ${strange}.`);
	for (const [id, role] of Object.entries(pages)) {
		const tasks = Array.isArray(role) ? role : role ? TASKS : [];
		const unknown = tasks.find((task) => !TASKS.includes(task));
		if (unknown !== undefined) throw refuse(400, `There is no task ${unknown}.`);
		if (tasks.length > 0) grantor.lostPages.delete(id);
		else grantor.lostPages.add(id);
		grantor.tasks.set(id, [...tasks]);
	}
};

const happenTo = (world: World, grantor: Grantor, body: UserBody): void => {
	const strange = Object.keys(body).find((key) => !KEYS.includes(key));
	if (strange !== undefined) throw refuse(400, `${strange} is none of ${KEYS.join(', ')}.`);
	if (body.pages) setPageRoles(world, grantor, body.pages);
	grantor.checkpointed = body.checkpointed ?? grantor.checkpointed;
	grantor.hasRole = body.hasRole ?? grantor.hasRole;
	for (const appId of world.apps.keys()) {
		for (const scope of body.revoke ?? []) withdrawScope(grantor, appId, scope);
		if (body.grant) recordGrant(grantOf(grantor, appId), body.grant, body.grant);
		if (body.appRemoved) removeApp(world, grantor, appId);
		if (body.dataDeletion) requestDeletion(world, grantor, appId);
	}
	if (body.passwordChanged) killTokens(world, grantor, 460);
};

/** What people do to their logins, outside of any app; and the language of error texts. */
export function serveUsers(server: FastifyInstance, context: Context): void {
	server.post<{ Params: { id: string }; Body: UserBody }>('/sandbox/users/:id', async ({ params, body }) => {
		const { world } = context;
		happenTo(world, needGrantor(world, params.id), body);
		// Whoever is told about it has been told when this answers.
		await world.clock.advance(0);
		return { ok: true };
	});
	server.get('/sandbox/callbacks', () => ({ callbacks: context.userCallbacks.list() }));
	server.post<{ Body: { locale: Locale } }>('/sandbox/locale', ({ body }) => {
		if (!LOCALES.includes(body.locale)) throw refuse(400, `locale must be one of ${LOCALES.join(', ')}.`);
		context.world.locale = body.locale;
		return { ok: true };
	});
}
