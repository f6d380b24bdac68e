import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../nodes/Instagram/operations/define.ts';
import { resources } from '../../../nodes/Instagram/operations/index.ts';
import { graphPath } from '../../../nodes/meta/graph/path.ts';
import { nextCursor } from '../../../nodes/meta/graph/paging.ts';
import { BAKERY } from '../../sandbox/support.mts';
import { openInbox, type Inbox } from '../../support/stages/inbox.mts';

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
	for (const customer of ['customer_two', 'customer_one']) await inbox.write(customer, 'Hello');
});
afterEach(async () => await inbox.close());

const query: IDataObject = { platform: 'instagram', fields: 'messages.limit(1){id}', limit: 1 };

/** Runs an operation that puts out what Meta answers as it is, from page to page. */
async function putOut(run: Inbox['run'], owner: string): Promise<IDataObject[]> {
	const [{ value, operations }] = resources;
	const raw = operation({
		value: 'raw',
		name: 'Raw',
		action: 'Put out raw answers',
		description: 'Raw',
		withoutAccount: true,
		fields: [],
		run: async ({ graph }) => {
			const call = { method: 'GET', path: graphPath`/${owner}/conversations`, signAs: owner } as const;
			const first = await graph({ ...call, query });
			const second = await graph({ ...call, query: { ...query, after: nextCursor(first) } });
			return [first, second];
		},
	});
	operations.push(raw);
	try {
		return (await run(value, 'raw')).all;
	} finally {
		operations.splice(operations.indexOf(raw), 1);
	}
}

type Page = {
	data: Array<{ id: string; messages: { data: object[]; paging: { next: string } } }>;
	paging: { next?: string; previous?: string };
};

describe('addresses of further pages', () => {
	it('carry the access token on every level when they leave Meta, and no longer when they are in an item', async () => {
		const token = await inbox.token('page', { page: BAKERY.username });
		const { body } = await inbox.graph('GET', `/${BAKERY.page}/conversations`, token, query);
		const told = body as Page;
		expect([told.paging.next, told.data[0].messages.paging.next]).toEqual(
			Array(2).fill(expect.stringContaining(`access_token=${token}`)),
		);
		for (const [run, owner] of [
			[inbox.run, BAKERY.page],
			[inbox.runAsInstagram, BAKERY.account],
		] as const) {
			const pages = (await putOut(run, owner)) as unknown as Page[];
			expect(
				pages.map(({ paging }) =>
					[paging.next, paging.previous].map((address) => address?.includes('/conversations?')),
				),
			).toEqual([
				[true, undefined],
				[undefined, true],
			]);
			expect(pages[0].data[0].messages.paging.next).toMatch(/\/messages\?.*after=/);
			expect(new Set(pages.flatMap(({ data }) => data.map(({ id }) => id))).size).toBe(2);
			expect(JSON.stringify(pages)).not.toMatch(/access_token|appsecret_proof|EAA|IGAA/);
		}
	});
});
