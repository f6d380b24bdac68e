import { unixSeconds } from '../world/clock.mts';
import { INSTAGRAM_FIELDS } from './fields.mts';

type Body = Record<string, unknown>;

const comment: Body = {
	from: { id: '232323232', username: 'test' },
	media: { id: '123123123', media_product_type: 'FEED' },
	id: '17865799348089039',
	parent_id: '1231231234',
	text: 'This is an example.',
};

/** Samples of changes. */
const CHANGES: Record<string, Body> = {
	comments: comment,
	live_comments: { ...comment, media: { id: '123123123', media_product_type: 'LIVE' } },
	mentions: { media_id: '17887498072083520', comment_id: '17887498072083520' },
	story_insights: {
		media_id: '17887498072083520',
		impressions: 444,
		reach: 44,
		taps_forward: 4,
		taps_back: 3,
		exits: 3,
		replies: 0,
	},
};

const message = { mid: 'random_mid', text: 'random_text' };
const postback = { mid: 'random_mid', title: 'Talk to human', payload: 'TALK' };

/** Samples of messaging events: what stands beside sender, recipient and timestamp. */
const MESSAGING: Record<string, Body> = {
	messages: { message },
	message_echoes: { message: { ...message, is_echo: true } },
	message_edit: { message_edit: { ...message, num_edit: 3 } },
	message_reactions: {
		reaction: { mid: 'random_mid', action: 'react', reaction: 'love', emoji: '\u2764\ufe0f' },
	},
	messaging_handover: {
		pass_thread_control: {
			previous_owner_app_id: '111222333444555',
			new_owner_app_id: '555444333222111',
			metadata: 'custom string',
		},
	},
	messaging_optins: { optin: { type: 'notification_messages', payload: 'random_payload' } },
	messaging_policy_enforcement: {
		policy_enforcement: { action: 'block', reason: 'random_reason' },
	},
	messaging_postbacks: { postback },
	messaging_referral: {
		referral: { ref: 'random_ref', source: 'SHORTLINK', type: 'OPEN_THREAD' },
	},
	messaging_seen: { read: { mid: 'random_mid' } },
	response_feedback: { response_feedback: { feedback: 'Good response', mid: 'random_mid' } },
	standby: { message },
};

const valueOf = (field: string, now: number): Body => {
	if (Object.hasOwn(CHANGES, field)) return CHANGES[field];
	if (!Object.hasOwn(MESSAGING, field)) return {};
	return {
		sender: { id: '12334' },
		recipient: { id: '23245' },
		timestamp: String(unixSeconds(now)),
		...MESSAGING[field],
	};
};

/** Whether the App Dashboard has a Test button for a field. */
export function hasSample(field: string): boolean {
	return INSTAGRAM_FIELDS.has(field);
}

/**
 * The sample behind the Test button of the App Dashboard: account "0", always as a change, messaging
 * samples with a timestamp in seconds as a string. Empty for fields of which no payload
 * is documented.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export function toTestSample(field: string, now: number): unknown {
	return {
		object: 'instagram',
		entry: [{ id: '0', time: unixSeconds(now), changes: [{ field, value: valueOf(field, now) }] }],
	};
}
