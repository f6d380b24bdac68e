import type { IDataObject } from 'n8n-workflow';
import { echo } from './echo';
import { reader, type EventReader } from './define';
import { message } from './message';
import { messageDeleted } from './messageDeleted';
import { messageEdit } from './messageEdit';
import { postback } from './postback';
import { reaction } from './reaction';
import { referral } from './referral';
import { seen } from './seen';
import { messageIdentity } from './shared/identity';
import { messageField } from './shared/message';
import { kindOf, type Occurrence } from './shared/occurrence';
import { ownObject, text, whenPresent } from './shared/shape';
import { isObject } from './shared/values';
import { storyMention } from './storyMention';
import { storyReply } from './storyReply';

const WITHIN: EventReader[] = [
	message,
	messageDeleted,
	echo,
	storyMention,
	storyReply,
	messageEdit,
	postback,
	reaction,
	referral,
	seen,
];

const eventIn = (body: IDataObject): string | undefined => {
	const occurrence: Occurrence = {
		accountId: '',
		time: undefined,
		place: 'messaging',
		kind: kindOf(body),
		field: '',
		body,
		raw: body,
		isTest: false,
	};
	return WITHIN.find(({ reads }) => reads(occurrence))?.event;
};

/** @see https://developers.facebook.com/docs/messenger-platform/instagram/features/conversation-routing */
export const standby = reader({
	event: 'standby',
	name: 'Standby',
	description: 'Something happened in a conversation that another app or the inbox has at the moment',
	field: 'standby',
	textIn: 'message',
	output: {
		standby: ownObject((body) => body, 'What happened', {
			event: text(
				eventIn,
				'Name of the event: `message`, `echo`, `reaction`, ...; its object stands beside, the others are null. Null for kinds that are not known',
			),
		}),
		message: whenPresent('message', messageField),
		messageEdit: whenPresent('message_edit', messageEdit.output.messageEdit),
		postback: whenPresent('postback', postback.output.postback),
		reaction: whenPresent('reaction', reaction.output.reaction),
		referral: whenPresent('referral', referral.output.referral),
		seen: whenPresent('read', seen.output.seen),
	},
	reads: ({ place, kind }) => place === 'standby' && kind !== '',
	identity: (body) =>
		isObject(body.message)
			? [...messageIdentity(body), 'standby', ...(body.message.is_deleted === true ? ['deleted'] : [])]
			: [],
});
