/** A login's word for where it stands in Meta's tables of webhook fields. */
export type WebhookLogin = 'facebook' | 'instagram';

/** One webhook field of Meta's `instagram` object, and what an account has to be subscribed to for it. */
export type WebhookField = {
	/** Name at the app, and with Instagram Login at the account, too. */
	field: string;
	/** Label for people. */
	name: string;
	/** Name at the Facebook Page of the account: Pages have names of their own. */
	pageField: string;
	/** The only login that offers the field. */
	onlyWith?: WebhookLogin;
};

/**
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
export const WEBHOOK_FIELDS: WebhookField[] = [
	{ field: 'comments', name: 'Comments', pageField: 'feed' },
	{ field: 'live_comments', name: 'Live Comments', pageField: 'feed' },
	{ field: 'mentions', name: 'Mentions', pageField: 'feed', onlyWith: 'facebook' },
	{ field: 'message_echoes', name: 'Message Echoes', pageField: 'message_echoes', onlyWith: 'facebook' },
	{ field: 'message_edit', name: 'Message Edits', pageField: 'message_edits' },
	{ field: 'message_reactions', name: 'Message Reactions', pageField: 'message_reactions' },
	{ field: 'messages', name: 'Messages', pageField: 'messages' },
	{ field: 'messaging_handover', name: 'Messaging Handover', pageField: 'messaging_handovers' },
	{ field: 'messaging_optins', name: 'Messaging Opt-Ins', pageField: 'messaging_optins', onlyWith: 'instagram' },
	{ field: 'messaging_policy_enforcement', name: 'Messaging Policy Enforcement', pageField: 'messaging_policy_enforcement', onlyWith: 'facebook' },
	{ field: 'messaging_postbacks', name: 'Messaging Postbacks', pageField: 'messaging_postbacks' },
	{ field: 'messaging_referral', name: 'Messaging Referral', pageField: 'messaging_referrals' },
	{ field: 'messaging_seen', name: 'Messaging Seen', pageField: 'message_reads' },
	{ field: 'response_feedback', name: 'Response Feedback', pageField: 'response_feedback', onlyWith: 'facebook' },
	{ field: 'standby', name: 'Standby', pageField: 'standby' },
	{ field: 'story_insights', name: 'Story Insights', pageField: 'feed', onlyWith: 'facebook' },
];

/**
 * What an account has to be subscribed to so that the app hears these fields of it.
 * @param fields names at the app; those that the login does not offer are left out
 */
export function accountFieldsFor(fields: string[], login: WebhookLogin): string[] {
	const offered = WEBHOOK_FIELDS.filter(({ field, onlyWith }) => fields.includes(field) && (onlyWith ?? login) === login);
	return [...new Set(offered.map(({ field, pageField }) => (login === 'facebook' ? pageField : field)))];
}
