import type {
	IHookFunctions,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { credentialsByAuthentication } from '../shared/authentication';
import { openConnection } from '../meta/login/openConnection';
import type { Connection, CredentialType } from '../meta/connection';
import { accountOfPage } from '../meta/accounts';
import { listPages } from '../meta/login/pages';
import { unstoredWords } from '../meta/login/storeTokens';
import { webhookLoginOf } from '../meta/webhooks/subscriptions';
import { inOneMessage } from '../shared/inOneMessage';
import { addressesOf } from './address/addresses';
import { triggerFields } from './panel/fields';
import type { TriggerOptions } from './delivery/settings';
import { matcherFor } from './pattern/matcher';
import { route } from './route';
import { isSubscribed, subscribe, unsubscribe, type Wanted } from './subscription/subscribe';
import { webhooks } from './address/webhooks';

type Options = TriggerOptions & { copyLiveEvents?: boolean };

const param = <T>(n8n: IHookFunctions, name: string, fallback: T): T =>
	n8n.getNodeParameter(name, fallback as object) as T;

const isAutomatic = (n8n: IHookFunctions) => param(n8n, 'setup', 'automatic') === 'automatic';

/** A trigger has no hints, and a login that will not last would end its events without a word. */
function warnOfUnstored(n8n: IHookFunctions, { credentialType, unstored }: Connection): void {
	if (!unstored) return;
	const { message, fix } = unstoredWords(credentialType, unstored.why);
	n8n.logger.warn(`${n8n.getNode().name}: ${message} ${fix}`);
}

/** A chosen account that the stored login lacks may have been added since: then the accounts are read again. */
async function connect(n8n: IHookFunctions, chosen: string[] = []): Promise<Connection> {
	const type = param<CredentialType>(n8n, 'authentication', 'instagramFacebookLoginOAuth2Api');
	const connection = await openConnection(n8n, type);
	const isMissing = (wanted: string) => !connection.reach.accounts.some(({ id }) => id === wanted);
	const isReread = connection.kind === 'facebookUser' && chosen.some(isMissing);
	const current = isReread ? await openConnection(n8n, type, true) : connection;
	warnOfUnstored(n8n, current);
	return current;
}

/** What the node's settings ask for, and the login to ask with. */
async function plan(n8n: IHookFunctions) {
	const chosen = param<string[]>(n8n, 'accounts', []);
	const connection = await connect(n8n, chosen);
	const options = param<Options>(n8n, 'options', {});
	const { problem } = matcherFor(String(options.onlyMessagesThatMatch ?? ''));
	if (problem) throw new NodeOperationError(n8n.getNode(), problem, { level: 'warning' });
	const reached = connection.reach.accounts;
	const addresses = addressesOf(n8n);
	const wanted: Wanted = {
		addresses,
		events: param<string[]>(n8n, 'events', []),
		includeEchoes: options.includeEchoes ?? false,
		copyLiveEvents: addresses.isTest && (options.copyLiveEvents ?? false),
		accounts: reached.filter(({ id }) => chosen.length === 0 || chosen.includes(id)),
		unknown: chosen.filter((wantedId) => !reached.some(({ id }) => id === wantedId)),
		automatic: isAutomatic(n8n),
		login: webhookLoginOf(connection),
	};
	return { connection, wanted };
}

/** The webhook node: its description, its life cycle, and what comes in. */
export class InstagramTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instagram Trigger',
		name: 'instagramTrigger',
		icon: { light: 'file:../Instagram/instagram.svg', dark: 'file:../Instagram/instagram.dark.svg' },
		group: ['trigger'],
		// Version 1 nodes cost n8n an expression sandbox per webhook call; a first version of 2 avoids it.
		version: 2,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// The editor shows it for both nodes together where it lists actions and triggers.
		description: 'Handle direct messages, button taps, comments and other events of Instagram professional accounts',
		eventTriggerDescription: 'Write to the account, or comment on one of its posts, from another Instagram account',
		defaults: { name: 'Instagram Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsByAuthentication,
		webhooks,
		properties: triggerFields,
	};

	methods = {
		loadOptions: {
			async getAccounts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const type = this.getCurrentNodeParameter('authentication') as CredentialType;
				const connection = await openConnection(this, type);
				const pages = connection.kind === 'facebookUser' ? await listPages(this, connection) : undefined;
				const accounts =
					pages?.map(accountOfPage).filter((account) => account !== undefined) ?? connection.reach.accounts;
				return accounts.map(({ id, username, pageName }) => ({
					name: username ? `@${username}` : id,
					value: id,
					...(pageName ? { description: `Page ${pageName}` } : {}),
				}));
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await inOneMessage(this, async () => {
					const { connection, wanted } = await plan(this);
					return await isSubscribed(this, connection, wanted);
				});
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await inOneMessage(this, async () => {
					const { connection, wanted } = await plan(this);
					await subscribe(this, connection, wanted);
				});
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				// What was set up by hand is not ours to take away.
				if (!isAutomatic(this)) return true;
				await inOneMessage(this, async () => {
					const connection = await connect(this);
					await unsubscribe(this, connection, addressesOf(this).url);
				});
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await route(this);
	}
}
