import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { byAccount, writeComment } from '../world/comments.mts';
import { customerNamed } from '../world/seed.mts';
import { accountWrites, threadOf } from '../world/threads.mts';
import type { Account } from '../world/types.mts';
import { commentTarget } from './customers.mts';
import { describeFeed } from './describe.mts';
import { needAccount } from './refuse.mts';

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
	account.conversationCallsPerSecond =
		patch.conversationCallsPerSecond ?? account.conversationCallsPerSecond;
};

/** What the owner of a business account does by hand, and the account's settings and feed. */
export const serveAccounts = (server: FastifyInstance, context: Context): void => {
	server.patch<{ Params: { username: string }; Body: AccountPatch }>(
		'/sandbox/accounts/:username',
		({ params, body }) => {
			patchAccount(needAccount(context.world, params.username), body);
			return { ok: true };
		},
	);
	server.post<{ Params: { username: string }; Body: { to: string; text: string } }>(
		'/sandbox/accounts/:username/messages',
		({ params, body }) => {
			const { world } = context;
			const thread = threadOf(
				world,
				needAccount(world, params.username),
				customerNamed(world, body.to),
			);
			return { mid: accountWrites(world, thread, { text: body.text }).id };
		},
	);
	server.post<{
		Params: { username: string };
		Body: { text: string; mediaId?: string; parentId?: string };
	}>('/sandbox/accounts/:username/comments', ({ params, body }) => {
		const { world } = context;
		const account = needAccount(world, params.username);
		const { media, parent } = commentTarget(world, account, body);
		return { id: writeComment(world, media, byAccount(account), body.text, parent).id };
	});
	server.get<{ Params: { username: string } }>('/sandbox/accounts/:username/feed', ({ params }) =>
		describeFeed(context.world, needAccount(context.world, params.username)),
	);
};
