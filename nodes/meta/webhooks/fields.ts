/** A login's word for where it stands in Meta's tables of webhook fields. */
export type WebhookLogin = 'facebook' | 'instagram';

/** One webhook field of Meta's `instagram` object, and what an account has to be subscribed to for it. */
type FieldFacts = {
	/** Label for people. */
	name: string;
	/** Name at the Facebook Page of the account: Pages have names of their own. */
	pageField: string;
	/** The only login that offers the field. */
	onlyWith?: WebhookLogin;
};

/** `field`: its name at the app, and with Instagram Login at the account, too. */
export type WebhookField = FieldFacts & { field: WebhookFieldName };

/**
 * The one place that says which login offers a field and what it is called at a Page.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
const FIELD_TABLE = {
	comments: { name: 'Comments', pageField: 'feed' },
	live_comments: { name: 'Live Comments', pageField: 'feed' },
	mentions: { name: 'Mentions', pageField: 'feed', onlyWith: 'facebook' },
	message_echoes: { name: 'Message Echoes', pageField: 'message_echoes', onlyWith: 'facebook' },
	message_edit: { name: 'Message Edits', pageField: 'message_edits' },
	message_reactions: { name: 'Message Reactions', pageField: 'message_reactions' },
	messages: { name: 'Messages', pageField: 'messages' },
	messaging_handover: { name: 'Messaging Handover', pageField: 'messaging_handovers' },
	messaging_optins: { name: 'Messaging Opt-Ins', pageField: 'messaging_optins', onlyWith: 'instagram' },
	messaging_policy_enforcement: {
		name: 'Messaging Policy Enforcement',
		pageField: 'messaging_policy_enforcement',
		onlyWith: 'facebook',
	},
	messaging_postbacks: { name: 'Messaging Postbacks', pageField: 'messaging_postbacks' },
	messaging_referral: { name: 'Messaging Referral', pageField: 'messaging_referrals' },
	messaging_seen: { name: 'Messaging Seen', pageField: 'message_reads' },
	response_feedback: { name: 'Response Feedback', pageField: 'response_feedback', onlyWith: 'facebook' },
	standby: { name: 'Standby', pageField: 'standby' },
	story_insights: { name: 'Story Insights', pageField: 'feed', onlyWith: 'facebook' },
} satisfies Record<string, FieldFacts>;

/** Name of a field at the app. */
export type WebhookFieldName = keyof typeof FIELD_TABLE;

export const WEBHOOK_FIELDS: WebhookField[] = Object.entries<FieldFacts>(FIELD_TABLE).map(([field, facts]) => ({
	field: field as WebhookFieldName,
	...facts,
}));

/** What is known of one field. */
export function webhookField(field: WebhookFieldName): FieldFacts {
	return FIELD_TABLE[field];
}

/**
 * What an account has to be subscribed to so that the app receives these fields of it.
 * @param fields names at the app; those that the login does not offer are left out
 */
export function accountFieldsFor(fields: string[], login: WebhookLogin): string[] {
	const offered = WEBHOOK_FIELDS.filter(
		({ field, onlyWith }) => fields.includes(field) && (onlyWith ?? login) === login,
	);
	return [...new Set(offered.map(({ field, pageField }) => (login === 'facebook' ? pageField : field)))];
}

/**
 * Fields of an account for people: with the names of what arrives through them.
 * @param accountFields names at the account; those that the table lacks stand there alone
 * @returns for example `Message Edits (message_edits); ratings`
 */
export function accountFieldsInWords(accountFields: string[], login: WebhookLogin): string {
	const inWords = (accountField: string) => {
		const names = WEBHOOK_FIELDS.filter(({ field }) => accountFieldsFor([field], login).includes(accountField));
		const list = names.map(({ name }) => name).join(', ');
		return list === '' ? accountField : `${list} (${accountField})`;
	};
	return accountFields.map(inWords).join('; ');
}
