import { LoadOptionsContext } from 'n8n-core';
import { searchPeople } from '../../../nodes/Instagram/listSearch/searchPeople.ts';
import { guardNetwork, line, listenAt } from '../../support/graph.mts';
import { BAKERY, GRAPH, settledLogin, tokens } from '../../support/logins.mts';
import { additionalDataOf, nodeOf, workflowOf } from '../../support/workflow.mts';

guardNetwork();

const parameters = {
	authentication: 'instagramFacebookLoginOAuth2Api',
	resource: 'person',
	operation: 'getProfile',
	account: { __rl: true, mode: 'list', value: '' },
};

async function search(filter?: string, paginationToken?: string) {
	const credentials = settledLogin();
	const node = nodeOf('instagram', parameters, credentials);
	const data = additionalDataOf(credentials, [node], { currentNodeParameters: parameters });
	return await searchPeople.call(new LoadOptionsContext(workflowOf([node]), node, data, ''), filter, paginationToken);
}

describe('the picker of people', () => {
	const own = { id: BAKERY.id, username: BAKERY.username };
	const anna = { id: '5551', username: 'anna' };
	const unnamed = { id: '5552' };
	const serve = () =>
		listenAt(GRAPH, ({ query }) => {
			const sides = query.after ? [[own, { id: '5553', username: 'annabel' }]] : [[own, anna], [own], [unnamed, own]];
			return {
				body: {
					data: sides.map((data, index) => ({ id: `c${index}`, participants: { data } })),
					...(query.after ? {} : { paging: { cursors: { after: 'X' }, next: 'https://evil.example' } }),
				},
			};
		});

	it('picks the IDs of people, page by page, and leaves out who is gone', async () => {
		const calls = serve();
		expect(await search()).toEqual({
			results: [
				{ name: '@anna', value: '5551' },
				{ name: '5552', value: '5552' },
			],
			paginationToken: 'X',
		});
		expect(await search('', 'X')).toEqual({
			results: [{ name: '@annabel', value: '5553' }],
			paginationToken: undefined,
		});
		expect(calls.map((call) => [line(call), call.authorization])).toEqual(
			Array(2).fill([`GET /${BAKERY.pageId}/conversations`, `Bearer ${tokens.bakery}`]),
		);
	});

	it('searches all pages by name', async () => {
		serve();
		expect((await search('ANNA')).results.map(({ value }) => value)).toEqual(['5551', '5553']);
	});
});
