import { ACCOUNT } from '../support.mts';
import type { Expected, Life } from './life.mts';

/** Something that Meta or another tool does to the subscriptions of an active workflow. */
type Change = {
	name: string;
	/** What `Webhook: Get Status` says of it. */
	problem: string;
	make(life: Life, appId: string, pages: Record<string, string>): Promise<unknown>;
	/** What `Webhook: Subscribe` writes and leaves. */
	healed: Expected;
};

const FLORIST = 'sandbox_florist';
const whole = { [ACCOUNT]: 'messages', [FLORIST]: 'messages' };
const extended = { ...whole, [ACCOUNT]: 'message_reads messages' };

/** In this order: what the last two leave behind stays. */
export const CHANGES: Change[] = [
	{
		name: 'callback switched off by Meta',
		problem: 'Meta switched the callback off',
		make: async ({ stage }, appId) =>
			await stage.control.call('PATCH', `/apps/${appId}/dashboardWebhook`, { active: false }),
		healed: { writes: ['POST callback'], callback: '/webhook/main messages', accounts: whole },
	},
	{
		name: 'callback dropped',
		problem: 'The app has no callback',
		make: async ({ meta }, appId) =>
			await meta.outside('DELETE', `/${appId}/subscriptions?object=instagram`, { kind: 'app' }),
		healed: { writes: ['POST callback'], callback: '/webhook/main messages', accounts: whole },
	},
	{
		name: 'account dropped',
		problem: `@${ACCOUNT} is not subscribed`,
		make: async ({ meta }, _appId, { [ACCOUNT]: page }) =>
			await meta.outside('DELETE', `/${page}/subscribed_apps`, { kind: 'page', page }),
		healed: { writes: [`POST ${ACCOUNT}`], callback: '/webhook/main messages', accounts: whole },
	},
	{
		name: 'fields of an account replaced',
		problem: `@${ACCOUNT} lacks messages`,
		make: async ({ meta }, _appId, { [ACCOUNT]: page }) =>
			await meta.outside('POST', `/${page}/subscribed_apps?subscribed_fields=message_reads`, { kind: 'page', page }),
		healed: { writes: [`POST ${ACCOUNT}`], callback: '/webhook/main messages', accounts: extended },
	},
	{
		name: 'fields of the callback replaced',
		problem: 'The callback of the app lacks messages',
		make: async ({ meta }, appId, { [FLORIST]: page }) => {
			await meta.outside('POST', `/${page}/subscribed_apps?subscribed_fields=messages,message_reads`, {
				kind: 'page',
				page,
			});
			await meta.outside('POST', `/${appId}/subscriptions?object=instagram&fields=messaging_seen`, { kind: 'app' });
			await meta.outside('DELETE', `/${appId}/subscriptions?object=instagram&fields=messages`, { kind: 'app' });
		},
		healed: {
			writes: ['POST callback'],
			callback: '/webhook/main messages messaging_seen',
			accounts: { ...extended, [FLORIST]: 'message_reads messages' },
		},
	},
];
