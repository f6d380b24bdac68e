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
import { credentialsByAuthentication } from '../authentication';
import { openConnection } from '../meta/connection';
import type { CredentialType } from '../meta/context';
import { triggerFields } from './fields';
import { receive, verifyCallback } from './receive';
import { canSpeakForApp, isSubscribed, subscribe, unsubscribe, type Wanted } from './subscriptions';

type Options = { includeEchoes?: boolean; includeOwnComments?: boolean };

const param = <T>(ctx: IHookFunctions, name: string, fallback: T): T => ctx.getNodeParameter(name, fallback as object) as T;

/** What the node's settings ask for, and the login to ask with. */
async function plan(ctx: IHookFunctions) {
	const connection = await openConnection(ctx, param<CredentialType>(ctx, 'authentication', 'instagramFacebookLoginOAuth2Api'));
	const chosen = param<string[]>(ctx, 'accounts', []);
	const reached = connection.reach.accounts;
	const wanted: Wanted = {
		callbackUrl: ctx.getNodeWebhookUrl('default') as string,
		events: param<string[]>(ctx, 'events', []),
		includeEchoes: param<Options>(ctx, 'options', {}).includeEchoes ?? false,
		accounts: reached.filter(({ id }) => chosen.length === 0 || chosen.includes(id)),
		unknown: chosen.filter((wantedId) => !reached.some(({ id }) => id === wantedId)),
	};
	return { connection, wanted, automatic: param(ctx, 'setup', 'automatic') === 'automatic' };
}

/** n8n keeps only the message of an error that ends an activation: what to do has to stand in it. */
async function inOneMessage<T>(ctx: IHookFunctions, run: (planned: Awaited<ReturnType<typeof plan>>) => Promise<T>): Promise<T> {
	try {
		return await run(await plan(ctx));
	} catch (error) {
		const { message, description } = error as NodeOperationError;
		throw new NodeOperationError(ctx.getNode(), description ? `${message}. ${description}` : message, { level: 'warning' });
	}
}

export class InstagramTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Instagram Trigger',
		name: 'instagramTrigger',
		icon: { light: 'file:../Instagram/instagram.svg', dark: 'file:../Instagram/instagram.dark.svg' },
		group: ['trigger'],
		// Version 1 nodes cost n8n an expression sandbox per webhook call; a first version of 2 avoids it.
		version: 2,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow on direct messages, button taps and comments of Instagram professional accounts',
		eventTriggerDescription: 'Write to the account, or comment on one of its posts, from another Instagram account',
		defaults: { name: 'Instagram Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsByAuthentication,
		// The GET route comes first: Meta's challenge arrives while the POST route is still being set up.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook' },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'EVENT_RECEIVED', path: 'webhook' },
		],
		properties: triggerFields,
	};

	methods = {
		loadOptions: {
			async getAccounts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const type = this.getCurrentNodeParameter('authentication') as CredentialType;
				const { reach } = await openConnection(this, type);
				return reach.accounts.map(({ id, username, pageName }) => ({
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
				return await inOneMessage(this, async ({ connection, wanted, automatic }) =>
					await isSubscribed(this, connection, wanted, automatic),
				);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await inOneMessage(this, async ({ connection, wanted, automatic }) =>
					await subscribe(this, connection, wanted, automatic),
				);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await inOneMessage(this, async ({ connection, wanted, automatic }) => {
					// What could not be set up automatically must not keep the workflow from being switched off.
					if (automatic && canSpeakForApp(connection)) await unsubscribe(this, connection, wanted.callbackUrl);
				});
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? await verifyCallback(this) : await receive(this);
	}
}
