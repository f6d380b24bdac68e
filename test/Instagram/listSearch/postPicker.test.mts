import { search } from '../../support/contexts.mts';
import { guardNetwork, line, listenAt } from '../../support/graph.mts';
import { GRAPH, settledLogin, tokens } from '../../support/logins.mts';
import { ACCOUNT } from '../../support/stages/sent.mts';

guardNetwork();

describe('the Post picker', () => {
	const parameters = {
		authentication: 'instagramFacebookLoginOAuth2Api',
		account: { __rl: true, mode: 'list', value: '' },
	};
	const long = `Sourdough\n${'very '.repeat(20)}sour`;
	const serve = () =>
		listenAt(GRAPH, ({ query }) => ({
			body: query.after
				? {
						data: [
							{ id: '3', media_product_type: 'REELS', media_type: 'VIDEO', timestamp: '2026-11-19T10:00:00+0000' },
						],
					}
				: {
						data: [
							{
								id: '1',
								caption: 'Rye',
								media_type: 'IMAGE',
								permalink: 'https://www.instagram.com/p/A/',
								timestamp: '2026-11-21T10:00:00+0000',
							},
							{ id: '2', caption: long, media_type: 'CAROUSEL_ALBUM' },
						],
						paging: { cursors: { after: 'X' }, next: 'https://x.example' },
					},
		}));

	it('shows captions, or what the post is, page by page', async () => {
		const calls = serve();
		const first = await search('searchPosts', parameters, settledLogin());
		expect(first).toEqual({
			results: [
				{ name: 'Rye (Picture, 2026-11-21)', value: '1', url: 'https://www.instagram.com/p/A/' },
				{ name: 'Sourdough very very very very very very very very very very … (Carousel)', value: '2' },
			],
			paginationToken: 'X',
		});
		expect((await search('searchPosts', parameters, settledLogin(), '', 'X')).results).toEqual([
			{ name: 'Reel without a caption (Reel, 2026-11-19)', value: '3' },
		]);
		expect(calls.map((call) => [line(call), call.authorization])).toEqual(
			Array(2).fill([`GET ${ACCOUNT}/media`, `Bearer ${tokens.bakery}`]),
		);
	});

	it('searches whole captions, over all pages', async () => {
		const calls = serve();
		expect(
			(await search('searchPosts', parameters, settledLogin(), ' SOUR')).results.map(({ value }) => value),
		).toEqual(['2']);
		expect(calls).toHaveLength(2);
	});
});
