import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../../../nodes/meta/connection.ts';
import { gateOf, type Gate } from '../../../nodes/meta/limits/gate.ts';

let apps = 0;

/** A Facebook Login with two accounts, of an app that no other test has: its budgets are untouched. */
export function newConnection(more: Partial<Connection> = {}): Connection {
	const accounts = [
		{ id: '1784', username: 'bakery', name: 'Bakery', pageId: '1000', pageName: 'Bakery' },
		{ id: '1785', username: 'florist', name: 'Florist', pageId: '1001', pageName: 'Florist' },
	];
	return {
		credentialType: 'instagramFacebookLoginOAuth2Api',
		kind: 'facebookUser',
		versionedUrl: 'https://graph.example/v25.0',
		appId: '123456',
		appSecret: `secret ${++apps}`,
		verifyToken: '',
		hasOwnVerifyToken: false,
		defaultAccount: '',
		reach: { accounts, pageTokens: {} },
		advice: 'popUp',
		loginKey: `login ${apps}`,
		...more,
	};
}

/** What an item may wait, all its calls together. Without it, calls never wait. */
export function patience(ms: number | undefined): Pick<Connection, 'patience'> {
	return { patience: ms === undefined ? undefined : { leftMs: ms, countedUntil: 0 } };
}

/** The gate of a message to a person. */
export function messageTo(connection: Connection, person: string, signal?: AbortSignal): Gate {
	const body: IDataObject = { recipient: { id: person }, message: { text: 'Hi' } };
	return gateOf(connection, { method: 'POST', path: '/1000/messages', signAs: '1000', body }, signal);
}

/** A refusal of Meta. */
export function refusal(code: number, waitMinutes?: number): Parameters<Gate['record']>[0] {
	return { failure: { status: 400, error: { code }, waitMinutes } };
}

/** How long a call waits on the test's own clock until it may leave, in milliseconds; what it is told otherwise. */
export async function waited(call: Gate): Promise<number | string> {
	const before = Date.now();
	let outcome: number | string | undefined;
	void call.wait().then(({ isCancelled, refusal: refused }) => {
		outcome = isCancelled
			? 'cancelled'
			: refused
				? `refused with ${refused.error?.code}, ${refused.waitMinutes ?? 'unknown'} minutes`
				: Date.now() - before;
	});
	for (let steps = 0; outcome === undefined && steps < 10_000; steps++) await jest.advanceTimersByTimeAsync(100);
	return outcome ?? 'still waiting';
}

/** Waits come in steps of the test's own clock. */
export function about(ms: number): unknown {
	return expect.closeTo(ms, -3);
}
