import nock from 'nock';

/** One request that Meta received. */
export type Received = {
	method: string;
	path: string;
	query: Record<string, string>;
	body: string;
	authorization?: string;
	headers: Record<string, string>;
};

/** Answers of a Graph stand-in, in the order in which the calls come; `reset` cuts the connection. */
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string>; delayMs?: number } | 'reset';

const failures = { reset: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) };

/**
 * Answers every call to a host with what `handler` says and keeps what arrived. Unlike single nock interceptors it
 * shows calls that should not have been made.
 */
export function listenAt(host: string, handler: (request: Received, count: number) => Answer | undefined): Received[] {
	const received: Received[] = [];
	const scope = nock(host).persist();
	for (const method of ['GET', 'POST', 'DELETE']) {
		const interceptor = scope.intercept(/.*/, method);
		const take = (uri: string, body: unknown, headers: Record<string, unknown>): Answer => {
			const url = new URL(`${host}${uri}`);
			const flat = Object.fromEntries(
				Object.entries(headers).map(([key, value]) => [key.toLowerCase(), String(value)]),
			);
			const request: Received = {
				method,
				path: url.pathname,
				query: Object.fromEntries(url.searchParams),
				body: typeof body === 'string' ? body : JSON.stringify(body),
				authorization: flat.authorization,
				headers: flat,
			};
			received.push(request);
			return (
				handler(request, received.length) ?? {
					status: 501,
					body: { error: { code: 77777, message: `unexpected ${method} ${url.pathname}` } },
				}
			);
		};
		interceptor.reply(function (uri, body, done) {
			const answer = take(uri, body, this.req.headers as never);
			if (answer === 'reset') {
				done(failures.reset, [500, '']);
				return;
			}
			const { status = 200, headers = {} } = answer;
			const isText = typeof answer.body === 'string';
			const text = isText ? (answer.body as string) : JSON.stringify(answer.body ?? {});
			const reply = () =>
				done(null, [status, text, { 'content-type': isText ? 'text/html' : 'application/json', ...headers }]);
			if (answer.delayMs) setTimeout(reply, answer.delayMs);
			else reply();
		});
	}
	return received;
}

/** A Graph error as Meta words it. */
export function graphError(code: number, subcode?: number, more: object = {}) {
	return {
		error: {
			message: `(#${code}) Meta's own text`,
			type: 'OAuthException',
			code,
			...(subcode ? { error_subcode: subcode } : {}),
			fbtrace_id: 'Atrace',
			...more,
		},
	};
}

/** `GET /v25.0/me/accounts` and so on, short enough to compare lists of calls. */
export function line({ method, path }: Received): string {
	return `${method} ${path.replace(/^\/v\d+\.\d+/, '')}`;
}

/** No test may reach the network, and none may leave its stand-ins behind. */
export function guardNetwork(): void {
	beforeAll(() => {
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
	});
	afterEach(() => nock.cleanAll());
	// Test files share Node's own modules: the next one must find them unpatched.
	afterAll(() => nock.restore());
}
