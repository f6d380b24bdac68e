import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import type { Account } from '../world/types.mts';
import { ACCOUNT_ACTIONS } from './accountActions.mts';
import type { AccountBody } from './accountActions.mts';
import { describeFeed } from './describe.mts';
import { needAccount, refuse } from './refuse.mts';

type AccountPatch = Partial<
	Pick<
		Account,
		| 'accountType'
		| 'allowMessages'
		| 'linked'
		| 'quotaTotal'
		| 'isPrivate'
		| 'restricted'
		| 'conversationRouting'
		| 'followers'
		| 'conversationCallsPerSecond'
	>
>;

const patchAccount = (account: Account, patch: AccountPatch): void => {
	account.accountType = patch.accountType ?? account.accountType;
	account.allowMessages = patch.allowMessages ?? account.allowMessages;
	account.linked = patch.linked ?? account.linked;
	account.quotaTotal = patch.quotaTotal ?? account.quotaTotal;
	account.isPrivate = patch.isPrivate ?? account.isPrivate;
	account.restricted = patch.restricted ?? account.restricted;
	account.conversationRouting = patch.conversationRouting ?? account.conversationRouting;
	account.followers = patch.followers ?? account.followers;
	account.conversationCallsPerSecond = patch.conversationCallsPerSecond ?? account.conversationCallsPerSecond;
};

/** What the owner of a business account does by hand, and the account's settings and feed. */
export function serveAccounts(server: FastifyInstance, context: Context): void {
	server.patch<{ Params: { username: string }; Body: AccountPatch }>(
		'/sandbox/accounts/:username',
		({ params, body }) => {
			patchAccount(needAccount(context.world, params.username), body);
			return { ok: true };
		},
	);
	for (const [name, act] of Object.entries(ACCOUNT_ACTIONS)) {
		server.post<{ Params: { username: string }; Body: AccountBody }>(
			`/sandbox/accounts/:username/${name}`,
			({ params, body }) => act(context.world, needAccount(context.world, params.username), body),
		);
	}
	server.get<{ Params: { username: string } }>('/sandbox/accounts/:username/feed', ({ params }) =>
		describeFeed(context.world, needAccount(context.world, params.username)),
	);
	server.patch<{ Params: { id: string }; Body: { viewers?: number; likes?: number } }>(
		'/sandbox/media/:id',
		({ params, body }) => {
			const media = context.world.media.get(params.id);
			if (!media) throw refuse(404, `There is no post ${params.id}.`);
			media.viewers = body.viewers ?? media.viewers;
			media.likes = body.likes ?? media.likes;
			return { ok: true };
		},
	);
}
