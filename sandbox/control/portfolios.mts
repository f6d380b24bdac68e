import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import { newAccountId, newBusinessId, newPageId } from '../world/ids.mts';
import { addAccount, addBusiness, addPage } from '../world/seed.mts';
import type { Page } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { refuse } from './refuse.mts';

type PagePatch = Partial<Pick<Page, 'inPortfolio' | 'hasLocation' | 'businessId' | 'assigned' | 'newExperience'>> & {
	clientOf?: string[];
};

type BusinessBody = {
	name?: string;
	/** Users and system users; the person of the seed when absent. */
	members?: string[];
	ownedPages?: string[];
	/** Pages of a portfolio that the members do not belong to, shared with this one. */
	clientPages?: string[];
};

/** Many Pages, for lists that are longer than a page of results; returns their ids. */
const addPages = (world: World, count: number, linked: boolean): string[] => {
	const [{ pictureAssetId }] = world.accounts.values();
	return Array.from({ length: count }, () => {
		const number = world.pages.size + 1;
		const name = `Sandbox Page ${number}`;
		const page = addPage(world, { id: newPageId(), name, username: `sandboxpage${number}` });
		if (linked) {
			addAccount(world, page, {
				id: newAccountId(),
				igId: `4${String(number).padStart(9, '0')}`,
				username: `sandbox_account_${number}`,
				name,
				biography: '',
				pictureAssetId,
			});
		}
		return page.id;
	});
};

const needPage = (world: World, id: string): Page => {
	const page = world.pages.get(id);
	if (!page) throw refuse(404, `There is no Page ${id}.`);
	return page;
};

const patchPage = (page: Page, patch: PagePatch): void => {
	page.inPortfolio = patch.inPortfolio ?? page.inPortfolio;
	page.hasLocation = patch.hasLocation ?? page.hasLocation;
	page.businessId = patch.businessId ?? page.businessId;
	page.assigned = patch.assigned ?? page.assigned;
	page.newExperience = patch.newExperience ?? page.newExperience;
	if (patch.clientOf) page.clientOf = new Set(patch.clientOf);
};

const makeBusiness = (world: World, body: BusinessBody): string => {
	const owned = (body.ownedPages ?? []).map((id) => needPage(world, id));
	const clients = (body.clientPages ?? []).map((id) => needPage(world, id));
	const [person] = world.users.keys();
	const name = body.name ?? `Sandbox Portfolio ${world.businesses.size + 1}`;
	const { id } = addBusiness(world, newBusinessId(), name, body.members ?? [person]);
	for (const page of owned) patchPage(page, { inPortfolio: true, businessId: id });
	for (const page of clients) {
		patchPage(page, {
			inPortfolio: true,
			businessId: newBusinessId(),
			assigned: false,
			clientOf: [...page.clientOf, id],
		});
	}
	return id;
};

/** Pages, and the business portfolios around them. */
export function servePortfolios(server: FastifyInstance, context: Context): void {
	server.post<{ Body: { count: number; linked?: boolean } }>('/sandbox/pages', ({ body }) => ({
		ids: addPages(context.world, body.count, body.linked === true),
	}));
	server.patch<{ Params: { id: string }; Body: PagePatch }>('/sandbox/pages/:id', ({ params, body }) => {
		patchPage(needPage(context.world, params.id), body);
		return { ok: true };
	});
	server.post<{ Body: BusinessBody }>('/sandbox/businesses', ({ body }) => ({
		id: makeBusiness(context.world, body),
	}));
}
