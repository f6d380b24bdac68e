import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { UserCallback, UserCallbackSender } from '../context/userCallbacks.mts';
import type { App, Login } from '../world/app.mts';
import { appScopedId } from '../world/ids.mts';
import type { Grantor } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { isAcceptableCallback } from './challenge.mts';
import { signedRequest } from './signedRequest.mts';

const CODE = /^[a-z0-9]+$/i;

/** Read the answer to a data deletion request; returns what is wrong with it, or what it says. */
const readAnswer = (text: string): Pick<UserCallback, 'answer' | 'problem'> => {
	let answer: { url?: unknown; confirmation_code?: unknown } | null;
	try {
		answer = JSON.parse(text) as typeof answer;
	} catch {
		return { problem: 'the answer is no JSON' };
	}
	const { url, confirmation_code: code } = answer ?? {};
	if (typeof url !== 'string' || !isAcceptableCallback(url)) return { problem: 'the answer has no https url' };
	if (typeof code !== 'string' || !CODE.test(code))
		return { problem: 'the answer has no alphanumeric confirmation_code' };
	return { answer: { url, confirmation_code: code } };
};

/** A sender. Each callback is called once; nothing is documented of more. */
export function createUserCallbacks(agent: Dispatcher, currentWorld: () => World): UserCallbackSender {
	let calls: UserCallback[] = [];

	const post = async (call: UserCallback, secret: string): Promise<void> => {
		const { settings, clock } = currentWorld();
		try {
			const answer = await request(call.url, {
				dispatcher: agent,
				method: 'POST',
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					'user-agent': 'facebookexternalua',
				},
				body: new URLSearchParams({
					signed_request: signedRequest(secret, call.userId, clock.now()),
				}).toString(),
				signal: AbortSignal.timeout(settings.deliveryTimeoutMs),
			});
			const text = await answer.body.text();
			call.status = answer.statusCode;
			if (answer.statusCode !== 200) call.problem = `the callback answered HTTP ${answer.statusCode}`;
			else if (call.kind === 'dataDeletion') Object.assign(call, readAnswer(text));
		} catch (error) {
			call.problem = `the callback could not be reached (${String(error)})`;
		}
	};
	const tell = (kind: UserCallback['kind'], app: App, grantor: Grantor) => {
		const isAccount = 'accountType' in grantor;
		const login: Login = isAccount ? 'instagram' : 'facebook';
		const url = app.userCallbacks[login][kind];
		// System users are nobody who removes an app.
		if (url === undefined || (!isAccount && grantor.systemOf !== undefined)) return;
		const { clock } = currentWorld();
		const call: UserCallback = {
			at: new Date(clock.now()).toISOString(),
			kind,
			login,
			appId: app.id,
			userId: isAccount ? appScopedId(app.id, grantor.id) : grantor.id,
			url,
		};
		calls.push(call);
		clock.run(() => post(call, isAccount ? app.instagramAppSecret : app.secret));
	};

	return {
		attach() {
			const world = currentWorld();
			calls = [];
			world.listen((event) => {
				if (event.type !== 'appRemoved' && event.type !== 'deletionRequested') return;
				const app = world.apps.get(event.appId);
				const kind = event.type === 'appRemoved' ? 'deauthorize' : 'dataDeletion';
				if (app) tell(kind, app, event.by);
			});
		},
		list: () => calls,
	};
}
