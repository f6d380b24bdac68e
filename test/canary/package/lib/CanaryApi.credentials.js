/** Renews itself before the call is sent: `authenticate` fails as an answer with 401 would. */
exports.CanaryApi = class {
	constructor() {
		this.name = 'canaryApi';
		this.displayName = 'Canary API';
		this.properties = [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{
				displayName: 'Session',
				name: 'session',
				type: 'hidden',
				typeOptions: { expirable: true, password: true },
				default: '',
			},
		];
	}

	async authenticate({ session }, options) {
		if (session !== 'renewed') throw Object.assign(new Error('due'), { response: { status: 401 } });
		return { ...options, headers: { ...options.headers, Authorization: `Bearer ${session}` } };
	}

	async preAuthentication({ session }) {
		return { session: session === 'first' ? 'renewed' : 'first' };
	}
};
