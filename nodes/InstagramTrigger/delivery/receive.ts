import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { sameSecret } from '../../meta/webhooks/signature';
import { itemsOf } from '../extras/items';
import { withContents } from './announced';
import { FirstMessages, HOUR_MS } from './firstMessages';
import { answer, handToN8n, scopeOf } from './handOver';
import { copyToEditor, promiseCopies } from './liveCopies';
import { MemoryPerNode } from './memoryPerNode';
import { filtersOf, quietHoursOf } from './settings';
import { extrasOf } from '../extras/chosen';
import { judge, type TriggerSettings, type Verdict } from './judge';
import { withSecrets, type Secrets } from './secrets';

/** Conversations that one node remembers, and all of them together. */
const [MOST_OF_NODE, MOST_OF_ALL] = [20_000, 200_000];

const firstMessages = new MemoryPerNode(() => new FirstMessages(MOST_OF_NODE), MOST_OF_ALL);

const MISMATCH = 'signature mismatch';

/**
 * Answers Meta's check of the callback address, and the editor's wish for copies.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export async function verifyCallback(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = n8n.getQueryData() as Record<string, unknown>;
	if (query.copyTo !== undefined) {
		const promised = await withSecrets(
			n8n,
			({ webhookSecrets }) => promiseCopies(n8n, query, webhookSecrets),
			(text) => text === undefined,
		);
		return promised ? answer(n8n, 200, promised) : answer(n8n, 403, 'Only the editor of this n8n may ask for copies.');
	}
	const given = query['hub.verify_token'];
	const challenge = query['hub.challenge'];
	if (query['hub.mode'] !== 'subscribe' || typeof given !== 'string' || typeof challenge !== 'string') {
		return answer(n8n, 400, 'This address receives Instagram webhooks of Meta.');
	}
	const isRight = ({ verifyToken }: Secrets) => verifyToken !== '' && sameSecret(given, verifyToken);
	const valid = await withSecrets(n8n, isRight, (right) => !right);
	return valid
		? answer(n8n, 200, challenge)
		: answer(n8n, 403, 'The verify token differs from the one in the credential.');
}

async function judgeRequest(n8n: IWebhookFunctions, rawBody: Buffer): Promise<Verdict> {
	const signature = n8n.getHeaderData()['x-hub-signature-256'];
	const filters = filtersOf(n8n);
	const chosen = n8n.getNodeParameter('accounts', []) as string[];
	const events = n8n.getNodeParameter('events', []) as string[];
	const judgeWith = ({ webhookSecrets, accounts }: Secrets): Verdict => {
		const settings: TriggerSettings = {
			events,
			accounts: chosen.length > 0 ? chosen : accounts.map(({ id }) => id),
			...filters,
		};
		return judge(rawBody, typeof signature === 'string' ? signature : undefined, webhookSecrets, settings);
	};
	const mayBeStale = (verdict: Verdict) =>
		verdict.status === 401
			? verdict.reason === MISMATCH
			: verdict.status === 200 && verdict.hasForeign && chosen.length === 0;
	return await withSecrets(n8n, judgeWith, mayBeStale);
}

/** Deauthorizations and deletion requests bear their signature inside, and come to addresses of their own. */
const isAppCallback = (rawBody: Buffer): boolean => rawBody.subarray(0, 15).toString('latin1') === 'signed_request=';

/**
 * Receives one delivery: checks who sent it, drops what this node does not want or has seen, passes on the rest.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
 */
export async function receive(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const arrivedAt = Date.now();
	const { rawBody } = n8n.getRequestObject();
	if (!Buffer.isBuffer(rawBody)) return answer(n8n, 400, 'not an Instagram delivery');
	if (isAppCallback(rawBody)) {
		return answer(
			n8n,
			400,
			'This address takes events. Enter the one that ends with /deauthorize or /deletion in the App Dashboard.',
		);
	}
	const verdict = await judgeRequest(n8n, rawBody);
	if (verdict.status !== 200) return answer(n8n, verdict.status, verdict.reason);
	copyToEditor(n8n, rawBody);
	if (verdict.unsearched)
		n8n.logger.warn(
			`${n8n.getNode().name}: "Only Messages That Match" is too slow for what came in at once. ${verdict.unsearched} messages or comments started the workflow without being searched. Use a simpler pattern, or a plain text without slashes.`,
		);
	const hours = quietHoursOf(n8n);
	const found = await withContents(n8n, verdict, arrivedAt);
	const events = firstMessages.of(scopeOf(n8n), hours * HOUR_MS).keep(found, hours);
	return await handToN8n(
		n8n,
		events,
		'EVENT_RECEIVED',
		async (news) => await itemsOf(n8n, news, extrasOf(n8n), arrivedAt),
	);
}
