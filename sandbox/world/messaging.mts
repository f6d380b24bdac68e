import type { Account, Customer } from './accounts.mts';

/** What is attached to a message: an asset of the sandbox, or what `extra` tells. */
export type Attachment = {
	type: string;
	assetId?: string;
	/** Keys beside `url` in the webhook payload (post shares, templates). */
	extra?: Record<string, unknown>;
	/** End of the CDN URL in ms, when it dies with a story. */
	endsAt?: number;
};

/** The story that a message answers. */
export type StoryReply = {
	id: string;
	assetId: string;
	linkStickerUrl?: string;
	/** End of the story, and of the URL of its picture, in ms. */
	endsAt: number;
};

/** What somebody answered a message with instead of words. */
type Reaction = {
	by: 'customer' | 'account';
	reaction: string;
	emoji?: string;
};

/** Whether the webhook of a new message comes with its announcement, or is missing. */
export type Announcement = 'beside' | 'instead';

/** A direct message, in either direction. */
export type Message = {
	id: string;
	at: number;
	from: 'customer' | 'account';
	text?: string;
	attachments: Attachment[];
	quickReplyPayload?: string;
	quickReplies?: Array<{ title: string; payload?: string; contentType: string }>;
	replyTo?: string;
	replyToStory?: StoryReply;
	/** What brought the person here: an ad, a product of the shop, an ig.me link. */
	referral?: Record<string, unknown>;
	/** A kind of message that webhooks do not carry: flagged, or as an `unsupported_type` attachment. */
	unsupported?: 'flag' | 'attachment';
	/** Webhooks announce it as an edit that counts no change, beside the message itself or instead of it. */
	announced?: Announcement;
	postbackPayload?: string;
	reactions: Reaction[];
	edits: number;
	deleted: boolean;
};

/** The conversation of an account with a customer. */
export type Thread = {
	id: string;
	number: string;
	account: Account;
	customer: Customer;
	scopedId: string;
	messages: Message[];
	/** Last event of the customer that opens the 24-hour window; 0 = never. */
	openedAt: number;
	/** The customer wrote or tapped at least once, so the profile may be read. */
	consent: boolean;
	updatedAt: number;
	/** When the business last told that it has seen the conversation. */
	seenAt?: number;
	/** What the business did to this person through moderation. */
	moderation: { blocked: boolean; spam: boolean };
	/** The app that controls the conversation, and until when (ms). */
	owner?: { appId: string; expiresAt: number };
	/** The ig.me link through which somebody came who has not written yet. */
	arrival?: Record<string, unknown>;
};
