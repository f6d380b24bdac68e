import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Connection } from '../../meta/connection';
import { signBody, verifySignature } from '../../meta/webhooks/signature';
import { ownerOf, pathOf } from '../address/addresses';
import { callOwnAddress } from '../address/ownAddress';
import { problem } from '../../shared/refusal';
import { Expiring } from './expiring';

/**
 * While the editor listens, the active workflow sends it copies of what Meta delivers. Nothing changes at Meta, so
 * nothing has to be put back, whenever and however n8n ends; and it works without a right to change the callback.
 */
const listeners = new Expiring<{ testUrl: string }>();

/** n8n ends a test after two minutes, or ten at most. */
const LISTEN_MS = 10 * 60 * 1000;

const ANSWER = 'COPYING';

const statement = (testUrl: string, until: string) => Buffer.from(`copy live events\n${testUrl}\n${until}`);

/**
 * Asks the active workflow, at its own address, for copies: in whatever process that runs. Signed with the app secret,
 * so that nobody else can ask.
 * @returns false when no active workflow listens there
 * @throws NodeOperationError when n8n does not reach its own address
 */
export async function askForCopies(
	n8n: IHookFunctions,
	{ appSecret }: Connection,
	productionUrl: string,
	testUrl: string,
): Promise<boolean> {
	const until = String(Date.now() + LISTEN_MS);
	const signature = signBody(statement(testUrl, until), appSecret);
	const unreachable = (what: string) =>
		problem(
			n8n,
			'n8n does not reach its own webhook address',
			`${what} Without that it cannot copy live events to the editor. Check ${productionUrl} from the machine that n8n runs on, or work with the data of an execution.`,
		);
	const asked = await callOwnAddress(n8n, {
		method: 'GET',
		url: productionUrl,
		qs: { copyTo: testUrl, until, signature },
	}).catch((error: Error) => {
		throw unreachable(`${error.message}.`);
	});
	if (asked.status === 404) return false;
	if (asked.status === 200 && asked.text === ANSWER) return true;
	throw unreachable(`It answered with HTTP ${asked.status}.`);
}

const keyOf = (n8n: IWebhookFunctions) => `${n8n.getWorkflow().id}:${n8n.getNode().id}`;

/**
 * The active workflow's side of `askForCopies`.
 * @returns the answer, or `undefined` when the request is not signed by one of the secrets, too old, or not about this trigger
 */
export function promiseCopies(
	n8n: IWebhookFunctions,
	query: Record<string, unknown>,
	secrets: string[],
): string | undefined {
	const [testUrl, until, signature] = [query.copyTo, query.until, query.signature].map(String);
	const end = Number(until);
	if (!(end > Date.now() && end <= Date.now() + 2 * LISTEN_MS)) return undefined;
	if (!verifySignature(statement(testUrl, until), signature, secrets).valid) return undefined;
	if (ownerOf(testUrl, { url: String(n8n.getNodeWebhookUrl('default')), path: pathOf(n8n) }) !== 'sibling')
		return undefined;
	listeners.set(keyOf(n8n), { testUrl }, end);
	return ANSWER;
}

/**
 * Sends the editor a copy of a genuine delivery, byte for byte, if it listens. Does not wait: Meta's answer and the
 * active workflow do not depend on it.
 * @param below what the address has behind the trigger's own, `/deletion`
 */
export function copyToEditor(n8n: IWebhookFunctions, rawBody: Buffer, below = ''): void {
	const key = keyOf(n8n);
	const listener = listeners.get(key);
	if (!listener || n8n.getMode() === 'manual') return;
	const forget = () => {
		if (listeners.get(key) === listener) listeners.delete(key);
	};
	const { 'content-type': type = 'application/json', 'x-hub-signature-256': signature } = n8n.getHeaderData();
	const headers = {
		'content-type': type,
		...(typeof signature === 'string' ? { 'x-hub-signature-256': signature } : {}),
	};
	// n8n's request helper takes forms as text only.
	const body = type.startsWith('application/x-www-form-urlencoded') ? rawBody.toString('utf8') : rawBody;
	// n8n answers 404 once the test has ended.
	void callOwnAddress(n8n, { method: 'POST', url: `${listener.testUrl}${below}`, headers, body })
		.then(({ status }) => {
			if (status === 404) forget();
		})
		.catch((error: Error) => n8n.logger.warn(`Could not copy a live event to the editor: ${error.message}`));
}
