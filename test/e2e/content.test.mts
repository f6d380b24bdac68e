import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import {
	ACCOUNT,
	ACTION,
	connectInstagram,
	execute,
	openStage,
	operation,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

describe('content, on a real n8n against the sandbox', () => {
	let stage: Stage;
	let facebook: Login;
	let instagram: Login;

	const post = async (body: object = {}) =>
		(await stage.control.call<{ id: string }>('POST', `/accounts/${ACCOUNT}/posts`, body)).id;
	const by = (value: string, mode = 'id') => ({ __rl: true, mode, value });
	const lastRequest = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;

	beforeAll(async () => {
		stage = await openStage();
		const [app] = (await stage.control.world()).apps;
		await stage.control.call('PATCH', `/apps/${app.id}`, { requireAppSecret: true });
		facebook = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		instagram = await connectInstagram(stage);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it.each(['facebook', 'instagram'])('the editor picks posts by their captions, page by page: %s', async (name) => {
		const login = name === 'facebook' ? facebook : instagram;
		const id = await post({ caption: `Sourdough for ${name} from the stone oven` });
		for (let index = 0; index < 105; index++) await post({ caption: `Loaf ${index}` });
		const parameters = operation(login, 'post', 'get');
		const pick = async (more: object) =>
			await stage.client.nodes.listSearch({
				node: { type: ACTION, typeVersion: 1, parameters, credentials: { [login.type]: login.credential } },
				method: 'searchPosts',
				...more,
			});
		expect((await pick({ filter: `FOR ${name}` })).results).toEqual([
			{
				name: expect.stringContaining(`Sourdough for ${name}`),
				value: id,
				url: expect.stringMatching(/^https:\/\/www\.instagram\.com\/p\//),
			},
		]);
		const first = await pick({});
		expect(first.results).toHaveLength(100);
		const second = await pick({ paginationToken: first.paginationToken });
		expect(second.results.map(({ value }) => value)).toContain(id);
	});

	it('a post is found by its link, and its numbers come as rows', async () => {
		const id = await post({ caption: 'Linked', type: 'reel' });
		const {
			items: [read],
		} = await execute(stage, facebook, operation(facebook, 'post', 'get', { postId: by(id), fields: ['permalink'] }));
		for (const login of [facebook, instagram]) {
			const { items, error } = await execute(
				stage,
				login,
				operation(login, 'post', 'getInsights', {
					postId: by(String(read.permalink), 'url'),
					metrics: ['views', 'navigation', 'reach'],
				}),
			);
			expect(error).toBeUndefined();
			expect(items).toMatchObject([
				{ postId: id, metric: 'views', note: null },
				{ postId: id, metric: 'reach', note: null },
				{ postId: id, metric: 'navigation', value: null, note: 'Meta counts this for stories only' },
			]);
		}
	});

	it('hides sixty comments in one run, a call for each', async () => {
		const mediaId = await post({ caption: 'Popular' });
		for (let index = 0; index < 60; index++)
			await stage.control.call('POST', '/customers/customer_one/comments', {
				account: ACCOUNT,
				mediaId,
				text: `spam ${index}`,
			});
		const listed = await execute(
			stage,
			facebook,
			operation(facebook, 'comment', 'getMany', { postId: by(mediaId), returnAll: true }),
		);
		expect(listed.items).toHaveLength(60);
		const since = await lastRequest();
		const { items, error } = await execute(
			stage,
			facebook,
			operation(facebook, 'comment', 'hide', { commentId: '={{ $json.id }}' }),
			{ items: listed.items },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ commentId, hidden }) => [commentId, hidden])).toEqual(listed.items.map(({ id }) => [id, true]));
		expect(await stage.control.requests(since)).toHaveLength(60);
		expect([...stage.sandbox.world.comments.values()].every(({ hidden }) => hidden)).toBe(true);
	});

	it('goes on after a post that is not there, and says which', async () => {
		const scopes = {
			customScopes: true,
			enabledScopes: 'pages_show_list pages_read_engagement instagram_basic instagram_manage_contents',
		};
		const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect('For deleting', scopes) };
		const ids = [await post(), '17999999999999999', await post()];
		const { items, error } = await execute(
			stage,
			login,
			operation(login, 'post', 'delete', { postId: by('={{ $json.id }}') }),
			{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
		);
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{ deleted: true, postId: ids[0] },
			{
				error: 'Meta does not know this ID, or this login may not see it',
				details: expect.stringContaining('Meta error 100/33'),
			},
			{ deleted: true, postId: ids[2] },
		]);
		expect(ids.some((id) => stage.sandbox.world.media.has(id))).toBe(false);
	});

	it('says what Instagram Login does not offer, before any call', async () => {
		const since = await lastRequest();
		const { error } = await execute(stage, instagram, operation(instagram, 'hashtag', 'search', { hashtag: 'rye' }));
		expect(error?.message).toBe('Meta does not offer "Search" with Instagram Login');
		expect(await stage.control.requests(since)).toEqual([]);
	});
});
