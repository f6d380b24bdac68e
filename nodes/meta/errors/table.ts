/** How a caller may react: `no` = never again, `soon` = a repeat may work, `later` = stop calling and wait. */
type Retry = 'no' | 'soon' | 'later';

/** Whose calls a limit holds up: all of the app, of the login, of the account, or those of one kind for the account. */
export type LimitScope = 'app' | 'login' | 'account' | 'call';

/** One error of Meta, told to a person. `code`/`subcode` are Meta's numbers; texts are ours, because Meta localises its own. */
export type ErrorRow = {
	/** Absent where Meta documents the other number alone, which may then stand in either place. */
	code?: number;
	subcode?: number;
	/** Meta's `type`, where the numbers alone do not tell. */
	type?: string;
	retry: Retry;
	/** Too many calls: Meta did not carry this one out, and takes no others for a time. */
	limits?: LimitScope;
	/** One sentence: what happened. */
	message: string;
	/** What to do next; `advice.ts` fills what stands in braces. */
	fix: string;
};

const RECONNECT = '{reconnect}';
const SLOW_DOWN =
	'Meta did not carry the call out. Wait, then run the workflow again; calling on makes the wait longer. With "Wait When Rate Limited" under Options, the Instagram node waits by itself.';
const NEW_POST = 'Run the publishing step again with a new container.';

/**
 * One row, one line. First match wins: rows with a subcode stand before the bare row of their code.
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
 * @see https://developers.facebook.com/docs/messenger-platform/error-codes
 */
// prettier-ignore
export const ERROR_TABLE: ErrorRow[] = [
	// Numbers that Meta documents alone: before the bare rows of all codes
	{ subcode: 2018300, retry: 'no', message: 'Another app controls this conversation', fix: 'Take over the conversation first, or let the other app pass it.' },
	{ subcode: 2534068, retry: 'no', message: 'This account cannot send several images in one message yet', fix: 'Send the images one by one, in a message each.' },
	// Login and tokens
	{ code: 190, subcode: 458, retry: 'no', message: 'The Meta app was removed from this login', fix: `${RECONNECT} Confirm every permission.` },
	{ code: 190, subcode: 459, retry: 'no', message: 'Meta asks this person to confirm their identity', fix: 'Log in at facebook.com (or instagram.com), finish the check, then run this again.' },
	{ code: 190, subcode: 460, retry: 'no', message: 'The login ended because the password was changed', fix: RECONNECT },
	{ code: 190, subcode: 463, retry: 'no', message: 'The login has expired', fix: RECONNECT },
	{ code: 190, subcode: 464, retry: 'no', message: 'The Facebook account of this login is not confirmed', fix: 'Confirm the account at facebook.com, then {again}.' },
	{ code: 190, subcode: 467, retry: 'no', message: 'The login is no longer valid', fix: RECONNECT },
	{ code: 190, subcode: 492, retry: 'no', message: 'This login lost its role on the Facebook Page', fix: 'Ask an admin of the Page to restore the role, then {again}.' },
	{ code: 190, subcode: 493, retry: 'no', message: 'The login ended because the person did not log in for 90 days', fix: `${RECONNECT} The token of a system user does not end so.` },
	{ code: 190, retry: 'no', message: 'Meta does not accept this access token', fix: `${RECONNECT} A pasted token must be complete and of the right kind: messaging needs a Page, not only a user.` },
	{ code: 102, retry: 'no', message: 'The login session has ended', fix: RECONNECT },
	{ code: 104, retry: 'no', message: 'Meta asks for a signed token', fix: 'Check that the app secret in the credential belongs to the app that made the token.' },
	{ code: 101, retry: 'no', message: 'Meta does not know this app', fix: 'Check the App ID and the app secret in the credential.' },
	{ code: 191, retry: 'no', message: 'Meta does not allow this redirect address', fix: "Add n8n's OAuth redirect URL to Valid OAuth Redirect URIs of the Meta app." },
	{ code: 210, retry: 'no', message: 'Meta wants a Page token for this call', fix: 'Choose an account that belongs to a Facebook Page of this login, or paste a Page token.' },
	{ code: 2500, retry: 'no', message: 'Meta received no usable access token', fix: RECONNECT },
	// Permissions and account state
	{ code: 3, retry: 'no', message: 'The Meta app lacks the capability for this call', fix: 'Request Advanced Access (and the feature, where one is named) for the app in the App Dashboard.' },
	{ code: 10, subcode: 2534022, retry: 'no', message: 'The 24-hour window to answer this person is closed', fix: 'Wait until the person writes again. If the person wrote within the last minutes, check that the app has Advanced Access for messages.' },
	{ code: 10, subcode: 2018278, retry: 'no', message: 'The window to answer this person is closed', fix: 'Wait until the person writes again.' },
	{ code: 10, subcode: 2534077, retry: 'no', message: 'Meta cannot confirm the link between Page, Instagram account and login', fix: 'Unlink and relink the Instagram account in the Page settings, check two-factor login, then {again}.' },
	{ code: 10, subcode: 1893063, retry: 'no', message: 'This account is restricted from sending messages for a time', fix: 'Wait until Meta lifts the restriction; look at Account Status in the Instagram app.' },
	{ code: 10, subcode: 2018108, retry: 'no', message: 'This person cannot receive the message right now', fix: 'Try again after the person writes.' },
	{ code: 10, retry: 'no', message: 'The login lacks a permission for this call', fix: '{permission}' },
	{ code: 200, subcode: 2534041, retry: 'no', message: 'The Instagram account does not let apps read its messages', fix: 'In the Instagram app: Settings > Messages and story replies > Message controls > Connected tools > Allow access to messages.' },
	{ code: 200, subcode: 2018028, retry: 'no', message: 'The Meta app may only message people with a role on it', fix: 'Publish the app and request Advanced Access, or add the person as a tester.' },
	{ code: 200, subcode: 1545041, retry: 'no', message: 'This person cannot be reached right now', fix: 'The person blocked messages or closed the account; try again after they write.' },
	{ code: 200, retry: 'no', message: 'The login has no permission for this', fix: "{permission} The account's Page has to be part of the login. While the app is in development, the person also needs a role on it." },
	{ code: 230, retry: 'no', message: 'The person has not agreed to share this, or a messaging permission is missing', fix: 'Wait until the person writes to the account; check that the messaging capability is on.' },
	{ code: 36103, retry: 'no', message: 'This Instagram account cannot be used through the API', fix: 'Switch it to a Business or Creator account and link it again.' },
	{ code: 25, retry: 'no', message: 'The Instagram account is restricted', fix: 'Log in to the Instagram app with this account and resolve what it asks.' },
	// Messages
	{ code: 100, subcode: 2534013, retry: 'no', message: 'This Page has no linked Instagram account', fix: 'Link the Instagram professional account in the Page settings, then run this again.' },
	{ code: 100, subcode: 2534014, retry: 'no', message: 'No such person for this account', fix: "Use the sender's ID from a trigger event or a conversation of the same account; IDs differ from account to account, and usernames are not accepted." },
	{ code: 100, subcode: 2018001, retry: 'no', message: 'No such person for this account', fix: "Use the sender's ID from a trigger event or a conversation of the same account." },
	{ code: 100, subcode: 2534015, retry: 'no', message: 'Meta refused the content of the message', fix: 'Check the text (at most 1,000 bytes) and the attachments.' },
	{ code: 100, subcode: 2534025, retry: 'no', message: 'This comment cannot be answered in private', fix: 'A comment can be answered once, within 7 days, while it exists.' },
	{ code: 100, subcode: 2534029, retry: 'no', message: 'This business is blocked from messaging through the API', fix: 'Look at Account Status and the app alerts at Meta.' },
	{ code: 100, subcode: 2534037, retry: 'no', message: 'Another app controls this conversation', fix: 'Take over the conversation first, or let the other app pass it.' },
	{ code: 100, subcode: 2018008, retry: 'no', message: 'Meta could not fetch the file from its address', fix: 'The address must be public, without login or redirect page, and answer with the file itself. Open it in a private browser window to check.' },
	{ code: 100, subcode: 2018047, retry: 'no', message: 'Meta does not take this file as the chosen media type', fix: 'Choose the media type that fits the file, or convert it: image takes PNG, JPEG or GIF, video MP4, OGG, AVI, MOV or WebM, audio AAC, M4A, WAV or MP4, file PDF.' },
	{ code: 100, subcode: 2018074, retry: 'no', message: 'Meta does not know this attachment ID', fix: 'Use an ID that Upload Attachment gave for the same account, and the media type of the upload. If in doubt, upload the file again.' },
	{ code: 100, subcode: 2018109, retry: 'no', message: 'The file is too large for a message', fix: 'Compress it: an image may have 8 MB, anything else 25 MB. Or send a link to it as text.' },
	{ code: 100, subcode: 2018294, retry: 'no', message: 'Meta took too long to take in the video', fix: 'Compress or shorten the video, or put it on a faster host, and run this again.' },
	{ code: 551, retry: 'no', message: 'This person cannot be reached right now', fix: 'The person blocked messages or closed the account; try again after they write.' },
	{ code: 9000001, retry: 'no', message: 'This message is gone or too old to read', fix: 'Meta gives details of the 20 newest messages of a conversation only.' },
	// Publishing
	{ code: 9007, retry: 'soon', message: 'Instagram has not finished processing the media', fix: 'Wait a little and publish the same container again.' },
	{ code: 9004, retry: 'no', message: 'Instagram could not download the media from its URL', fix: 'The URL must be public, without login, redirect page or robots.txt block, and answer with the file itself. Open it in a private browser window to check.' },
	{ code: 9, retry: 'later', message: "The account's publishing limit for 24 hours is used up", fix: 'Publish again when the oldest post of the last 24 hours is a day old.' },
	{ code: 36000, retry: 'no', message: 'The image is larger than 8 MB', fix: 'Compress or resize the image.' },
	{ code: 36001, retry: 'no', message: 'Instagram takes JPEG images only', fix: 'Convert the image (PNG, WebP, HEIC, ...) to JPEG first, for example with the Edit Image node.' },
	{ code: 36003, retry: 'no', message: 'The shape of the image is outside what Instagram takes', fix: 'Crop it to between 4:5 (portrait) and 1.91:1 (landscape).' },
	{ code: 36004, retry: 'no', message: 'The caption is too long', fix: 'Use at most 2,200 characters and 30 hashtags.' },
	{ code: 100, subcode: 2207040, retry: 'no', message: 'The caption has too many @mentions or hashtags', fix: 'Use at most 20 @mentions and 30 hashtags.' },
	{ code: 100, subcode: 2207018, retry: 'no', message: 'A user tag or a collaborator cannot be used', fix: 'Check the usernames: the people must exist and have public profiles.' },
	{ code: 100, subcode: 2207023, retry: 'no', message: 'Instagram does not know this kind of media', fix: 'Publish videos as reels, stories or items of a carousel.' },
	{ code: 100, subcode: 2207028, retry: 'no', message: 'A carousel needs 2 to 10 items', fix: 'Check how many images and videos come in.' },
	{ code: 100, subcode: 2207035, retry: 'no', message: 'Product tags on videos have no position', fix: 'Leave x and y out.' },
	{ code: 100, subcode: 2207036, retry: 'no', message: 'Product tags on images need a position', fix: 'Fill in x and y, from 0 to 1.' },
	{ code: 100, subcode: 2207037, retry: 'no', message: 'A product cannot be tagged', fix: "Check the product ID: it must be an approved product of the catalog of the account's shop." },
	{ code: 1, subcode: 2207057, retry: 'no', message: 'The thumbnail offset lies outside the video', fix: 'Use a moment within the video, in milliseconds.' },
	{ code: 352, retry: 'no', message: 'Instagram does not take this video format', fix: 'Use MP4 or MOV with H.264 or HEVC video and AAC sound.' },
	{ code: 24, subcode: 2207024, retry: 'no', message: 'Instagram knows no such hashtag', fix: 'Check the spelling, without blanks and special characters.' },
	{ code: 24, subcode: 2207008, retry: 'soon', message: 'The media container is not available at the moment', fix: 'Try again in a minute or two.' },
	{ code: 24, retry: 'no', message: 'The media does not exist (any more) for this login', fix: `${NEW_POST} A container is published once and lives 24 hours.` },
	{ code: -2, subcode: 2207003, retry: 'soon', message: 'Instagram took too long to download the media', fix: 'Use a faster host or a smaller file, and run the step again.' },
	{ code: -2, retry: 'no', message: 'The media has expired', fix: NEW_POST },
	{ code: -1, subcode: 2207073, retry: 'no', message: 'Meta cannot delete this kind of post', fix: 'Posts, reels, stories and whole carousels of the account can be deleted; ads and single pictures of a carousel cannot.' },
	{ code: -1, subcode: 2207053, retry: 'no', message: 'Instagram could not take the video', fix: NEW_POST },
	{ code: -1, retry: 'soon', message: 'Instagram failed while working on the media', fix: 'Run the step again in a minute.' },
	// Reading and discovery
	{ code: 100, subcode: 2108006, retry: 'no', message: 'This post has no insights: it is older than the professional account', fix: 'Meta counts only what was published after the account became a Business or Creator account.' },
	{ code: 110, retry: 'no', message: 'Meta finds no professional account with this username', fix: 'Check the spelling. Only Business and Creator accounts can be looked up, and none that is restricted by age.' },
	{ code: 18, retry: 'no', message: 'The account has searched 30 different hashtags within 7 days', fix: 'Search one of those again (Hashtag > Get Searched lists them), or wait until the oldest is 7 days old.' },
	// Limits
	{ code: 4, subcode: 2207051, retry: 'later', message: 'Instagram held this action back as possible spam', fix: 'Look whether it was carried out before you repeat it; slow down and vary the content.' },
	{ code: 4, retry: 'later', limits: 'app', message: 'The Meta app reached its call limit', fix: SLOW_DOWN },
	{ code: 17, retry: 'later', limits: 'login', message: 'This login reached its call limit', fix: SLOW_DOWN },
	{ code: 32, retry: 'later', limits: 'login', message: 'The Page reached its call limit', fix: SLOW_DOWN },
	{ code: 613, subcode: 2018338, retry: 'later', message: 'Meta holds messages back because Human Agent was used too often', fix: 'Use Human Agent only for answers that a person wrote; look at the alerts of the Meta app.' },
	{ code: 613, retry: 'later', limits: 'call', message: 'Meta limits the rate of this call', fix: SLOW_DOWN },
	{ code: 80001, retry: 'later', limits: 'account', message: 'The Page reached its call limit', fix: SLOW_DOWN },
	{ code: 80002, retry: 'later', limits: 'account', message: 'The Instagram account reached its call limit', fix: SLOW_DOWN },
	{ code: 80006, retry: 'later', limits: 'account', message: 'The account reached its messaging limit', fix: SLOW_DOWN },
	{ code: 341, retry: 'later', limits: 'app', message: 'A limit of the Meta app was reached', fix: SLOW_DOWN },
	{ code: 368, retry: 'later', message: "Meta blocked this action because of its policies", fix: 'Look at Account Status in the Instagram app and at the alerts of the Meta app.' },
	// Objects and requests
	{ code: 100, subcode: 33, retry: 'no', message: 'Meta does not know this ID, or this login may not see it', fix: 'Check the ID, and that it belongs to the chosen account. An ID copied from another login or app does not work.' },
	{ code: 100, type: 'GraphMethodException', retry: 'no', message: 'The app secret does not fit the access token', fix: 'Fill the app secret into the credential, or check that it belongs to the app that made the token. If it does, this kind of object has no such operation.' },
	{ code: 506, retry: 'no', message: 'Meta takes this for a repetition of what was posted just before', fix: 'Look whether the post is live already; otherwise change its text.' },
	{ code: 803, retry: 'no', message: 'Meta does not know this ID', fix: 'Check the ID; it must be a number that Meta gave out, not a name.' },
	{ code: 2200, retry: 'no', message: "Meta could not verify n8n's webhook address", fix: 'The address must be public, with a valid HTTPS certificate, and WEBHOOK_URL of n8n must name it.' },
	{ code: 100, retry: 'no', message: 'Meta refused a value of this request', fix: 'Check the fields of this node.' },
	// Meta itself
	{ code: 1, retry: 'soon', message: 'Meta had an unknown error', fix: 'Try again in a minute.' },
	{ code: 2, retry: 'soon', message: 'Meta is temporarily unavailable', fix: 'Try again in a minute.' },
];
