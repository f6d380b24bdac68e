import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { PERSON } from './logins.mts';
import { ACCOUNT, execute, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(120_000);

const USUAL = ['comments', 'insights', 'messaging', 'businessPages', 'publishing'];
const BASE = ['public_profile', 'instagram_basic', 'pages_show_list', 'pages_read_engagement'];

type Row = {
	capability: string;
	name: string;
	scopes: string[];
	resource: string;
	operation: string;
	parameters: () => Promise<object>;
};

describe('capabilities that are switched on by who needs them, on a real n8n', () => {
	let stage: Stage;

	const post = async () =>
		(await stage.control.call<{ id: string }>('POST', `/accounts/${ACCOUNT}/posts`, { caption: 'Rye' })).id;
	const comment = async () =>
		(
			await stage.control.call<{ id: string }>('POST', '/customers/customer_one/comments', {
				account: ACCOUNT,
				mediaId: await post(),
				text: 'Lovely',
			})
		).id;
	const app = async () => (await stage.control.world()).apps[0].id;
	const granted = async () =>
		[...(stage.sandbox.world.users.get(PERSON)?.grants.get(await app())?.scopes ?? [])].sort();
	/** A new login of a person who has never used the app. */
	const connect = async (more: object = {}): Promise<Login> => {
		stage.sandbox.world.users.get(PERSON)?.grants.clear();
		return { type: OAUTH_CREDENTIAL, credential: await stage.connect('Login', { ...more }) };
	};

	const ROWS: Row[] = [
		{
			capability: 'deletion',
			name: 'Deleting Posts',
			scopes: ['instagram_manage_contents'],
			resource: 'post',
			operation: 'delete',
			parameters: async () => ({ postId: { __rl: true, mode: 'id', value: await post() } }),
		},
		{
			capability: 'likes',
			name: 'Likes',
			scopes: ['instagram_manage_engagement'],
			resource: 'comment',
			operation: 'like',
			parameters: async () => ({ commentId: await comment() }),
		},
		{
			capability: 'products',
			name: 'Product Tags',
			scopes: ['instagram_shopping_tag_products', 'catalog_management'],
			resource: 'product',
			operation: 'getCatalogs',
			parameters: async () => ({}),
		},
		{
			capability: 'events',
			name: 'Upcoming Events',
			scopes: ['instagram_manage_upcoming_events'],
			resource: 'upcomingEvent',
			operation: 'getMany',
			parameters: async () => ({}),
		},
	];

	beforeAll(async () => {
		stage = await openStage();
	}, STAGE_TIMEOUT_MS);
	afterEach(async () => await stage.control.call('PATCH', `/apps/${await app()}`, { missingPermissions: [] }));
	afterAll(async () => await stage?.close());

	it.each(ROWS)(
		'$name: without it the refusal names it, with it the operation works',
		async ({ capability, name, operation: chosen, parameters, resource, scopes }) => {
			const without = await connect();
			expect(await granted()).not.toEqual(expect.arrayContaining(scopes));
			const refused = await execute(stage, without, operation(without, resource, chosen, await parameters()));
			expect(refused.error?.message).toMatch(
				/^The login (lacks a permission for this call|has no permission for this)$/,
			);
			expect(refused.error?.description).toContain(
				`Switch the capability "${name}" on in the credential (it adds ${scopes.join(' and ')}), connect again`,
			);

			const having = await connect({ capabilities: [capability] });
			expect(await granted()).toEqual([...BASE, ...scopes].sort());
			const { error } = await execute(stage, having, operation(having, resource, chosen, await parameters()));
			expect(error).toBeUndefined();
		},
	);

	it('an app without access to any of their permissions logs in all the same, and is refused only what it lacks', async () => {
		await stage.control.call('PATCH', `/apps/${await app()}`, {
			missingPermissions: ROWS.flatMap(({ scopes }) => scopes),
		});
		await connect();
		for (const { capability, scopes } of ROWS) {
			await expect(connect({ capabilities: [...USUAL, capability] })).rejects.toThrow(
				`The app has no access to: ${scopes.join(', ')}.`,
			);
		}
	});

	it('a tag of a product on a new post is refused in the same words', async () => {
		const login = await connect();
		const parameters = operation(login, 'post', 'publishImage', {
			source: 'url',
			imageUrl: 'https://example.com/a.jpg',
			options: { productTagsJson: '[{ "product_id": "1", "x": 0.5, "y": 0.5 }]' },
		});
		const { error } = await execute(stage, login, parameters);
		expect(error?.description).toContain('Switch the capability "Product Tags" on in the credential');
	});
});
