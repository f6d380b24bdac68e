import { comment } from './comment';
import type { EventReader } from './define';
import { echo } from './echo';
import { feedback } from './feedback';
import { handover } from './handover';
import { liveComment } from './liveComment';
import { mention } from './mention';
import { message } from './message';
import { messageDeleted } from './messageDeleted';
import { messageEdit } from './messageEdit';
import { optin } from './optin';
import { policy } from './policy';
import { postback } from './postback';
import { reaction } from './reaction';
import { referral } from './referral';
import { seen } from './seen';
import { standby } from './standby';
import { storyInsights } from './storyInsights';
import { storyMention } from './storyMention';
import { storyReply } from './storyReply';
import { testPayload } from './testPayload';
import { unknown } from './unknown';

/** Every kind of event that the trigger knows. The first that reads an occurrence is in charge; the last two read all. */
export const readers: EventReader[] = [
	message,
	storyReply,
	storyMention,
	messageEdit,
	messageDeleted,
	echo,
	postback,
	reaction,
	seen,
	referral,
	optin,
	handover,
	standby,
	comment,
	liveComment,
	mention,
	storyInsights,
	feedback,
	policy,
	testPayload,
	unknown,
];

/** What the Events field offers. */
export const choosable = readers.filter(({ optional }) => !optional);
