import type { Chapter } from '../row';

const WAIT_FOR_THEM = 'Wait until the person writes again.';

/** Messages, conversations and the people in them. */
// prettier-ignore
export const MESSAGES: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/messenger-platform/error-codes',
		rows: [
			// The window
			{ code: 10, subcode: 2534022, retry: 'no', message: 'The 24-hour window to answer this person is closed', fix: `${WAIT_FOR_THEM} If the person wrote within the last minutes, check that the app has Advanced Access for messages.` },
			{ subcode: 2018065, retry: 'no', message: 'The window to answer this person is closed', fix: WAIT_FOR_THEM },
			{ code: 10, subcode: 2018278, retry: 'no', message: 'The window to answer this person is closed', fix: WAIT_FOR_THEM },
			// Who has the conversation
			{ subcode: 2018300, retry: 'no', message: 'Another app controls this conversation', fix: 'Take over the conversation first, or let the other app pass it.' },
			{ code: 100, subcode: 2534037, retry: 'no', message: 'Another app controls this conversation', fix: 'Take over the conversation first, or let the other app pass it.' },
			{ subcode: 2018321, retry: 'no', message: "The automated questions of Meta's inbox have this conversation at the moment", fix: 'Send the message when the person is through with them, or switch the automation off in Meta Business Suite > Inbox.' },
			{ subcode: 2018171, retry: 'no', message: 'Only apps that take part in the routing of conversations may do this', fix: "Give the app a role under Conversation routing in the Page's settings at Meta." },
			{ code: 100, subcode: 2018164, retry: 'no', message: 'Meta does not know the app that the conversation should go to', fix: 'Check the app ID: the app has to be connected to the same Page.' },
			// The person
			{ code: 10, subcode: 2018108, retry: 'no', message: 'This person cannot receive the message right now', fix: 'Try again after the person writes.' },
			{ subcode: 1545041, retry: 'no', message: 'This person cannot be reached right now', fix: 'The person blocked messages or closed the account; try again after they write.' },
			{ code: 551, retry: 'no', message: 'This person cannot be reached right now', fix: 'The person blocked messages or closed the account; try again after they write.' },
			{ code: 100, subcode: 2534014, retry: 'no', message: 'No such person for this account', fix: "Use the sender's ID from a trigger event or a conversation of the same account; IDs differ from account to account, and usernames are not accepted." },
			{ code: 100, subcode: 2018001, retry: 'no', message: 'No such person for this account', fix: "Use the sender's ID from a trigger event or a conversation of the same account." },
			{ subcode: 2018218, retry: 'no', message: 'Meta has no profile of this person', fix: 'Go on without it: some people cannot be looked up by any app.' },
			// What is sent
			{ code: 100, subcode: 2534015, retry: 'no', message: 'Meta refused the content of the message', fix: 'Check the text (at most 1,000 bytes) and the attachments.' },
			{ code: 100, subcode: 2534025, retry: 'no', message: 'This comment cannot be answered in private', fix: 'A comment can be answered once, within 7 days, while it exists.' },
			{ code: 100, subcode: 2018008, retry: 'no', message: 'Meta could not fetch the file from its address', fix: 'The address must be public, without login or redirect page, and answer with the file itself. Open it in a private browser window to check.' },
			{ code: 100, subcode: 2018047, retry: 'no', message: 'Meta does not take this file as the chosen media type', fix: 'Choose the media type that fits the file, or convert it: image takes PNG, JPEG or GIF, video MP4, OGG, AVI, MOV or WebM, audio AAC, M4A, WAV or MP4, file PDF.' },
			{ code: 100, subcode: 2018074, retry: 'no', message: 'Meta does not know this attachment ID', fix: 'Use an ID that Upload Attachment gave for the same account, and the media type of the upload. If in doubt, upload the file again.' },
			{ code: 100, subcode: 2018109, retry: 'no', message: 'The file is too large for a message', fix: 'Compress it: an image may have 8 MB, anything else 25 MB. Or send a link to it as text.' },
			{ code: 100, subcode: 2018294, retry: 'no', message: 'Meta took too long to take in the video', fix: 'Compress or shorten the video, or put it on a faster host, and run this again.' },
			{ code: 100, subcode: 2018320, retry: 'no', message: 'Meta does not know a product of this template', fix: "Check the product IDs: each must be in the catalog of the account's Page, and the app needs access to that catalog." },
			{ code: 9000001, retry: 'no', message: 'This message is gone or too old to read', fix: 'Meta gives details of the 20 newest messages of a conversation only.' },
			// Meta itself. The message may be out: no answer is a plain refusal here.
			{ code: 1, subcode: 1357046, retry: 'soon', message: 'Meta lost its own answer; the message may have been sent', fix: 'Look at the conversation before you send it again.' },
			{ code: 2, subcode: 1545133, retry: 'soon', message: 'Meta could not send the message right now, or the person blocked the account', fix: 'Try again in a few minutes; if it fails again, wait until the person writes.' },
			{ code: 1200, retry: 'soon', message: 'Meta could not send the message right now', fix: 'Try again in a few minutes.' },
			{ code: 613, subcode: 2018338, retry: 'later', message: 'Meta holds messages back because Human Agent was used too often', fix: 'Use Human Agent only for answers that a person wrote; look at the alerts of the Meta app.' },
		],
	},
	{
		// The page of the calls that answer these; it does not list the numbers.
		page: 'https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message',
		rows: [
			{ subcode: 2534068, retry: 'no', message: 'This account cannot send several images in one message yet', fix: 'Send the images one by one, in a message each.' },
			{ subcode: 2534001, retry: 'no', message: 'This conversation was archived or deleted', fix: WAIT_FOR_THEM },
			{ subcode: 2534122, retry: 'no', message: 'Instagram does not let this account share the link in messages at the moment', fix: 'Send the text without the link, or try again tomorrow; look at Account Status in the Instagram app.' },
			{ code: 9010, retry: 'no', message: 'No such person for this account', fix: "Use the sender's ID from a trigger event or a conversation of the same account." },
		],
	},
	{
		// The page of the calls that answer these; it does not list the numbers.
		page: 'https://developers.facebook.com/docs/messenger-platform/instagram/features/private-replies',
		rows: [
			{ subcode: 2534023, retry: 'no', message: 'This comment was already answered in private', fix: 'Go on in the conversation with the person: Meta takes one private reply for each comment.' },
			{ code: 10900, retry: 'no', message: 'This comment was already answered in private', fix: 'Go on in the conversation with the person: Meta takes one private reply for each comment.' },
			{ code: 10903, retry: 'no', message: 'This comment cannot be answered in private', fix: 'Answer in public: the person takes no messages, or the comment is older than 7 days.' },
		],
	},
];
