import { InstagramFacebookLoginOAuth2Api } from '../../credentials/InstagramFacebookLoginOAuth2Api.credentials.ts';
import { formOf } from '../support/credentialFields.mts';

const { defaults, evaluate, field, scopesFor } = formOf(new InstagramFacebookLoginOAuth2Api());
const base = ['instagram_basic', 'pages_show_list', 'pages_read_engagement'];

describe('the permissions that the login asks for', () => {
	it.each<[string[], string[]]>([
		[[], []],
		[['messaging'], ['instagram_manage_messages', 'pages_manage_metadata', 'pages_messaging']],
		[['comments'], ['instagram_manage_comments', 'pages_manage_metadata']],
		[
			['comments', 'messaging'],
			['instagram_manage_comments', 'instagram_manage_messages', 'pages_manage_metadata', 'pages_messaging'],
		],
		[['publishing'], ['instagram_content_publish']],
		[
			['insights', 'businessPages'],
			['business_management', 'instagram_manage_insights'],
		],
		[['deletion'], ['instagram_manage_contents']],
		[['likes'], ['instagram_manage_engagement']],
		[['products'], ['catalog_management', 'instagram_shopping_tag_products']],
		[['events'], ['instagram_manage_upcoming_events']],
	])('for %j: the base and %j, each once', async (capabilities, more) => {
		expect(await scopesFor({ capabilities })).toEqual([...base, ...more].sort());
	});

	it('are those that most apps have, from the start', async () => {
		const scopes = await scopesFor({});
		expect(scopes).toHaveLength(new Set(scopes).size);
		const usual = ['messaging', 'comments', 'publishing', 'insights', 'businessPages'];
		expect(scopes).toEqual(await scopesFor({ capabilities: usual }));
		expect(scopes).toHaveLength(10);
		expect(String(defaults.enabledScopes).split(' ').sort()).toEqual(scopes);
	});

	it("are the operator's own, when so chosen", async () => {
		expect(
			await scopesFor({ customScopes: true, enabledScopes: 'instagram_basic ads_read', capabilities: ['messaging'] }),
		).toEqual(['ads_read', 'instagram_basic']);
	});

	it('offer every capability, and hide what a login configuration decides', () => {
		const { options, default: chosen } = field('capabilities');
		expect(options?.map((option) => ('value' in option ? option.value : ''))).toEqual([
			'comments',
			'deletion',
			'insights',
			'likes',
			'messaging',
			'businessPages',
			'products',
			'publishing',
			'events',
		]);
		expect([...(chosen as string[])].sort()).toEqual([
			'businessPages',
			'comments',
			'insights',
			'messaging',
			'publishing',
		]);
		expect(['capabilities', 'customScopes', 'enabledScopes'].map((name) => field(name).displayOptions?.show)).toEqual([
			{ customScopes: [false], configId: [''] },
			{ configId: [''] },
			{ customScopes: [true], configId: [''] },
		]);
	});

	it('are left to the login configuration, when there is one', async () => {
		expect(await evaluate('scope', { configId: '987', customScopes: true, enabledScopes: 'instagram_basic' })).toBe('');
	});
});

describe('the addresses of the login', () => {
	it('follow host and version of the credential', async () => {
		expect(await evaluate('authUrl', {})).toBe('https://www.facebook.com/v25.0/dialog/oauth');
		expect(await evaluate('accessTokenUrl', {})).toBe('https://graph.facebook.com/v25.0/oauth/access_token');
		const gateway = {
			loginBaseUrl: 'https://gate.example/fb/',
			graphBaseUrl: 'https://gate.example/graph//',
			graphVersion: 'v23.0',
		};
		expect(await evaluate('authUrl', gateway)).toBe('https://gate.example/fb/v23.0/dialog/oauth');
		expect(await evaluate('accessTokenUrl', gateway)).toBe('https://gate.example/graph/v23.0/oauth/access_token');
	});

	it('carry the configuration of Facebook Login for Business', async () => {
		expect(await evaluate('authQueryParameters', {})).toBe('auth_type=rerequest');
		expect(await evaluate('authQueryParameters', { configId: '987' })).toBe(
			'override_default_response_type=true&config_id=987',
		);
		expect(await evaluate('authQueryParameters', { configId: '1&redirect_uri=https://evil.example' })).toBe(
			'override_default_response_type=true&config_id=1%26redirect_uri%3Dhttps%3A%2F%2Fevil.example',
		);
	});
});

it('sends app ID and secret in the body, as an authorization code login', () => {
	expect([field('authentication').default, field('grantType').default]).toEqual(['body', 'authorizationCode']);
	for (const name of ['authentication', 'grantType', 'scope', 'authUrl', 'accessTokenUrl', 'authQueryParameters'])
		expect(field(name).type).toBe('hidden');
});
