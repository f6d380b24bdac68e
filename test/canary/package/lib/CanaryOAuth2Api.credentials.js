const hidden = (name, value) => ({ displayName: name, name, type: 'hidden', default: value });

/** Asks for a grant that nobody else would, as a credential does that exchanges its token inside n8n's refresh. */
exports.CanaryOAuth2Api = class {
	constructor() {
		this.name = 'canaryOAuth2Api';
		this.displayName = 'Canary OAuth2 API';
		this.extends = ['oAuth2Api'];
		this.properties = [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			hidden('grantType', 'authorizationCode'),
			hidden('authUrl', '={{ $self["baseUrl"] }}/authorize'),
			hidden('accessTokenUrl', '={{ $self["baseUrl"] }}/token'),
			hidden('scope', 'read'),
			hidden('authQueryParameters', ''),
			hidden('authentication', 'body'),
		];
	}

	async preAuthentication({ baseUrl, oauthTokenData: data, beside, grantType }) {
		const body = { beside: beside?.access_token, grantType, token: data?.access_token, extra: data?.extra };
		await this.helpers.httpRequest({ method: 'POST', url: `${baseUrl}/asked`, body, json: true });
		if (beside)
			return {
				grantType: 'authorizationCode',
				beside: undefined,
				oauthTokenData: { ...data, access_token: 'lasting', nested: { token: 'nested' } },
			};
		return data?.access_token === 'short' ? { grantType: 'clientCredentials', beside: data } : {};
	}
};
