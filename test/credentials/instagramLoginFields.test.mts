import { InstagramLoginOAuth2Api } from '../../credentials/InstagramLoginOAuth2Api.credentials.ts';
import { formOf } from '../support/credentialFields.mts';

const { defaults, evaluate, field, scopesFor } = formOf(new InstagramLoginOAuth2Api());
const base = 'instagram_business_basic';

describe('the permissions that an Instagram Login asks for', () => {
	it.each<[string[], string[]]>([
		[[], []],
		[['messaging'], ['instagram_business_manage_messages']],
		[['comments'], ['instagram_business_manage_comments']],
		[['publishing'], ['instagram_business_content_publish']],
		[['insights'], ['instagram_business_manage_insights']],
		[
			['comments', 'messaging'],
			['instagram_business_manage_comments', 'instagram_business_manage_messages'],
		],
	])('for %j: the basic one and %j', async (capabilities, more) => {
		expect(await scopesFor({ capabilities })).toEqual([base, ...more].sort());
	});

	it('are all of them from the start, and none of Facebook Login', async () => {
		const scopes = await scopesFor({});
		expect(scopes).toHaveLength(5);
		expect(scopes.filter((scope) => !scope.startsWith('instagram_business_'))).toEqual([]);
		expect(String(defaults.enabledScopes).split(' ').sort()).toEqual(scopes);
	});

	it("are the operator's own, when so chosen", async () => {
		expect(await scopesFor({ customScopes: true, enabledScopes: base, capabilities: ['messaging'] })).toEqual([base]);
	});

	it('do not mention portfolios, which this login does not know', () => {
		const { options, default: chosen } = field('capabilities');
		expect(options?.map((option) => ('value' in option ? option.value : ''))).toEqual([
			'comments',
			'insights',
			'messaging',
			'publishing',
		]);
		expect([...(chosen as string[])].sort()).toEqual(['comments', 'insights', 'messaging', 'publishing']);
		expect(['capabilities', 'customScopes', 'enabledScopes'].map((name) => field(name).displayOptions?.show)).toEqual([
			{ customScopes: [false] },
			undefined,
			{ customScopes: [true] },
		]);
	});
});

describe('the addresses of an Instagram Login', () => {
	it("are Instagram's, and follow a gateway", async () => {
		expect(await evaluate('authUrl')).toBe('https://www.instagram.com/oauth/authorize');
		expect(await evaluate('accessTokenUrl')).toBe('https://api.instagram.com/oauth/access_token');
		expect(field('instagramGraphBaseUrl').default).toBe('https://graph.instagram.com');
		const gateway = { loginBaseUrl: 'https://gate.example/ig/', apiBaseUrl: 'https://gate.example/api//' };
		expect(await evaluate('authUrl', gateway)).toBe('https://gate.example/ig/oauth/authorize');
		expect(await evaluate('accessTokenUrl', gateway)).toBe('https://gate.example/api/oauth/access_token');
	});

	it('ask for the password again only when the operator says so', async () => {
		expect(await evaluate('authQueryParameters')).toBe('');
		expect(await evaluate('authQueryParameters', { forceReauth: true })).toBe('force_reauth=true');
	});
});

it('sends app ID and secret in the body, as an authorization code login', () => {
	expect([field('authentication').default, field('grantType').default]).toEqual(['body', 'authorizationCode']);
	for (const name of ['authentication', 'grantType', 'scope', 'authUrl', 'accessTokenUrl', 'authQueryParameters'])
		expect(field(name).type).toBe('hidden');
});

it('takes the Meta app for the set-up of webhooks, if the operator likes', () => {
	expect(['metaAppId', 'metaAppSecret'].map((name) => [field(name).required, field(name).default])).toEqual([
		[undefined, ''],
		[undefined, ''],
	]);
	expect(field('metaAppSecret').typeOptions).toEqual({ password: true });
	expect(field('graphBaseUrl').default).toBe('https://graph.facebook.com');
});

it('takes further secrets for webhooks, but no default account: it has one', () => {
	expect(field('otherAppSecrets').typeOptions).toEqual({ password: true });
	expect(field('defaultAccount')).toBeUndefined();
});
