import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CredentialType } from '../meta/context';
import { sameSecret } from '../meta/signature';
import type { InstagramEvent } from './events/define';
import { judge, type TriggerSettings, type Verdict } from './pipeline';
import { secretsOf } from './secrets';
import { SeenEvents } from './seenEvents';

/** Meta repeats a delivery at once and for hours; the repeats that overlap with work in hand come within minutes. */
const seen = new SeenEvents(60 * 60 * 1000, 20_000);

const MISMATCH = 'signature mismatch';

type Options = { includeEchoes?: boolean; includeOwnComments?: boolean };

const answered: IWebhookResponseData = { noWebhookResponse: true };

function answer(ctx: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	ctx.getResponseObject().status(status).type('text/plain').send(text).end();
	return answered;
}

const credentialType = (ctx: IWebhookFunctions) => ctx.getNodeParameter('authentication') as CredentialType;

/**
 * Answers Meta's check of the callback address.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export async function verifyCallback(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const query = ctx.getQueryData() as Record<string, unknown>;
	const given = query['hub.verify_token'];
	const challenge = query['hub.challenge'];
	if (query['hub.mode'] !== 'subscribe' || typeof given !== 'string' || typeof challenge !== 'string') {
		return answer(ctx, 400, 'This address receives Instagram webhooks of Meta.');
	}
	const matches = async (afterMismatch: boolean) => {
		const secrets = await secretsOf(ctx, credentialType(ctx), afterMismatch);
		return Boolean(secrets?.verifyToken) && sameSecret(given, secrets?.verifyToken ?? '');
	};
	const valid = (await matches(false)) || (await matches(true));
	return valid ? answer(ctx, 200, challenge) : answer(ctx, 403, 'The verify token differs from the one in the credential.');
}

async function judgeRequest(ctx: IWebhookFunctions, rawBody: Buffer): Promise<Verdict> {
	const signature = ctx.getHeaderData()['x-hub-signature-256'];
	const type = credentialType(ctx);
	const options = ctx.getNodeParameter('options', {}) as Options;
	const chosen = ctx.getNodeParameter('accounts', []) as string[];
	const judgeWith = async (afterMismatch: boolean): Promise<Verdict | undefined> => {
		const secrets = await secretsOf(ctx, type, afterMismatch);
		if (!secrets) return undefined;
		const settings: TriggerSettings = {
			events: ctx.getNodeParameter('events', []) as string[],
			accounts: chosen.length > 0 ? chosen : secrets.accounts.map(({ id }) => id),
			includeEchoes: options.includeEchoes ?? false,
			includeOwnComments: options.includeOwnComments ?? false,
		};
		return judge(rawBody, typeof signature === 'string' ? signature : undefined, secrets.webhookSecrets, settings);
	};
	const verdict = (await judgeWith(false)) ?? { status: 401, reason: MISMATCH };
	// The secret may be a new one, the account may be newly connected: look again before refusing or dropping.
	const mayBeStale = verdict.status === 401 ? verdict.reason === MISMATCH : verdict.status === 200 && verdict.hasForeign && chosen.length === 0;
	return mayBeStale ? ((await judgeWith(true)) ?? verdict) : verdict;
}

/** Hands the new events to n8n, which answers Meta once it has taken them; only then do they count as seen. */
async function handOver(ctx: IWebhookFunctions, events: InstagramEvent[]): Promise<IWebhookResponseData> {
	const scope = `${ctx.getWorkflow().id}:${ctx.getNode().id}:${ctx.getMode()}`;
	const keyOf = ({ event, eventId }: InstagramEvent) => `${scope}:${event}:${eventId}`;
	const { fresh, settle } = await seen.claim(events.map(keyOf));
	// Meta may list one event twice in one delivery: the first stands for both.
	const open = new Set(fresh);
	const news = events.filter((event) => open.delete(keyOf(event)));
	const response = ctx.getResponseObject();
	if (news.length === 0) {
		settle(true);
		return answer(ctx, 200, 'EVENT_RECEIVED');
	}
	// The sender gave up while this delivery waited. `close` has fired already; Meta delivers again.
	if (response.closed || response.destroyed) {
		settle(false);
		return answered;
	}
	response.once('close', () => settle(response.writableFinished && response.statusCode < 300));
	return { workflowData: [ctx.helpers.returnJsonArray(news)] };
}

/**
 * Receives one delivery: checks who sent it, drops what this node does not want or has seen, passes on the rest.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
 */
export async function receive(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { rawBody } = ctx.getRequestObject();
	if (!Buffer.isBuffer(rawBody)) return answer(ctx, 400, 'not an Instagram delivery');
	const verdict = await judgeRequest(ctx, rawBody);
	if (verdict.status !== 200) return answer(ctx, verdict.status, verdict.reason);
	return await handOver(ctx, verdict.events);
}
