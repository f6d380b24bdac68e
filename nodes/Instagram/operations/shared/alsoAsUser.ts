import { isUnclear, MetaError } from '../../../meta/errors/metaError';
import type { Operation, OperationCall, RunContext } from '../define';

/** Permission missing, wrong value or ID, token not accepted: what Meta says to the token that it does not want. */
const OTHER_TOKEN_CODES = [10, 100, 190];

/** True when Meta refused the Page's token, carried nothing out, and the login has a token of a person, too. */
function mayAskAsUser({ connection }: RunContext, error: unknown): boolean {
	if (connection.kind !== 'facebookUser' || !(error instanceof MetaError) || isUnclear(error.facts)) return false;
	return OTHER_TOKEN_CODES.includes(error.facts.error?.code ?? 0);
}

/**
 * Runs an operation as the account's Page, and once more as the person who logged in where Meta refuses that. Of a few
 * edges Meta documents the person's token, and mostly takes the Page's, which does not end.
 * @throws the first refusal when the person is refused, too
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag-search
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentions
 */
export function alsoAsUser(run: Operation['run']): Operation['run'] {
	return async (ctx) =>
		await run(ctx).catch(async (refusal: Error) => {
			if (!mayAskAsUser(ctx, refusal)) throw refusal;
			const signed = (call: OperationCall) => ({ ...call, signAs: 'user' });
			const asUser: RunContext = {
				...ctx,
				graph: async (call) => await ctx.graph(signed(call)),
				list: async (call) => await ctx.list(signed(call)),
				wholeList: async (call) => await ctx.wholeList(signed(call)),
			};
			return await run(asUser).catch((again: Error) => {
				// An answer that got lost may hide a success: that is what the reader has to know.
				throw again instanceof MetaError && again.isUnclear ? again : refusal;
			});
		});
}
