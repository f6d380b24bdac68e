import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../../meta/login/chooseAccount';
import { rowsOf } from '../../../meta/graph/list';
import { isoFromWebhook } from '../../../meta/time';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { personField, personOf } from '../shared/personField';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only. Meta names the owner to itself and to the default app alone.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const getOwner = operation({
	value: 'getOwner',
	name: 'Get Owner',
	action: 'Get the owner of a conversation',
	description:
		'Tell whether an app or inbox controls a conversation, until when, and whether it is this app. Meta names another owner to the default app only. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [personField, simplify],
	run: async (ctx) => {
		const personId = personOf(ctx);
		const answer = await ctx.graph({
			method: 'GET',
			path: graphPath`/${inboxOf(ctx.account())}/thread_owner`,
			query: { recipient: personId },
		});
		if (!ctx.param('simplify', true)) return answer;
		const owner = (rowsOf(answer)[0]?.thread_owner ?? {}) as IDataObject;
		const appId = owner.app_id === undefined ? null : String(owner.app_id);
		return {
			conversationWith: personId,
			isControlled: Object.keys(owner).length > 0,
			// A pasted token may come without its App ID: then it cannot be told.
			isThisApp: appId !== null && !ctx.connection.appId ? null : appId === ctx.connection.appId,
			appId,
			expiresAt: isoFromWebhook(owner.expiration),
		};
	},
});
