import type { INodeProperties } from 'n8n-workflow';

const option = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description,
});

/** Options that add to the items. What cannot be had within three seconds is left out, and the item says so. */
export const extraOptions: INodeProperties[] = [
	option(
		'Add Messaging Window',
		'addMessagingWindow',
		"Whether to add 'messagingWindow': until when the account may answer (24 hours after what the person did, 7 days for people with Meta's feature Human Agent). Null for events that open no window. Costs no call.",
	),
	option(
		'Add Sender Profile',
		'addSenderProfile',
		"Whether to add 'senderProfile': name, username, picture and followers of the person, and whether they follow the account. One call per new person, remembered for an hour. Without it, 'senderProfileProblem' says why: people agree by writing or tapping, not by commenting.",
	),
	option(
		'Download Attachments',
		'downloadAttachments',
		"Whether to put pictures, videos, voice messages and files on the item as binary data 'attachment_0', 'attachment_1' and so on, before Meta's links end; up to 25 MB each. 'downloads' lists them, with the reason where one is missing. Stories are left out: Meta forbids to keep copies.",
	),
	option(
		'Output Raw Only',
		'outputRawOnly',
		"Whether to put out Meta's object alone, as it stands in the webhook, instead of an item with the same keys for all events. Only 'event', 'eventId' and 'accountId' are added, which it does not say by itself and later nodes need.",
	),
];
