import type { CommentAuthor } from './authors.mts';
import type { Account, Comment, Grantor, Media, Message, PublicComment, Thread } from './types.mts';

/** The ad through which a comment was written. */
export type CommentAd = {
	/** Absent for dynamic ads, whose id Meta does not tell. */
	id?: string;
	title?: string;
	/** The ad's own post, made from the boosted one. */
	mediaId: string;
	/** Also delivered as a comment on the boosted post itself. */
	andOrganic: boolean;
};

/** A change of who controls a conversation; only the app it concerns hears of it. */
export type Handover = {
	kind: 'pass_thread_control' | 'take_thread_control' | 'request_thread_control';
	body: Record<string, string>;
	/** The app that is told. */
	appId: string;
};

/** Something that happened, from which webhooks are made. Times in ms. */
export type WorldEvent =
	| { type: 'message'; thread: Thread; message: Message }
	| { type: 'postback'; thread: Thread; message: Message; title: string; payload: string }
	| {
			type: 'reaction';
			thread: Thread;
			mid: string;
			action: 'react' | 'unreact';
			reaction?: string;
			emoji?: string;
			at: number;
	  }
	| { type: 'seen'; thread: Thread; mid: string; at: number }
	| { type: 'edit'; thread: Thread; message: Message; at: number }
	| { type: 'delete'; thread: Thread; message: Message; at: number }
	| { type: 'referral'; thread: Thread; referral: Record<string, unknown>; at: number }
	| { type: 'optin'; thread: Thread; optin: Record<string, unknown>; at: number }
	| { type: 'feedback'; thread: Thread; mid: string; feedback: string; at: number }
	| { type: 'handover'; thread: Thread; handover: Handover; at: number }
	| { type: 'appRoles'; account: Account; appId: string; roles: string[]; at: number }
	| { type: 'policy'; account: Account; action: string; reason: string; at: number }
	| { type: 'comment'; comment: Comment; ad?: CommentAd }
	| { type: 'mention'; account: Account; by: CommentAuthor; in: Mentioned; at: number }
	| { type: 'storyInsights'; media: Media }
	| { type: 'appRemoved' | 'deletionRequested'; by: Grantor; appId: string };

/** Where an account was mentioned: in a caption, or in a comment, of somebody else's post. */
export type Mentioned = {
	mediaId: string;
	mediaProductType: string;
	/** The post belongs to a private person, so nobody is told. */
	isPrivate: boolean;
	/** Set when the post is an account's. */
	owner?: Account;
	comment?: Comment | PublicComment;
};
