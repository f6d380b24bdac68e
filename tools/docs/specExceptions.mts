const NEWER = 'Newer than the description';
const ROOT = 'Names no object: the description has nodes only';
const OTHER_NAME = 'The description writes this edge without the underscore that stands on the wire';
const PLATFORM = "Meta's page on the Messenger Profile of Instagram Login sends platform=instagram";
const REACTION = "Meta's page on reactions shows an object with message_id and reaction";
const TAG = "Meta's page on the Human Agent tag shows the text HUMAN_AGENT";

/**
 * Where requests differ from Meta's description of the API, and why that is right: `METHOD node/edge`, with a parameter
 * behind the colon.
 */
export const EXCEPTIONS: Record<string, string> = {
	'GET Graph/ig_audio': ROOT,
	'GET Graph/ig_hashtag_search': ROOT,
	'GET Graph/instagram_oembed': ROOT,
	'GET Graph/pages/search': ROOT,
	'POST Graph/debug_token': ROOT,
	'GET Message/': 'Single messages are not part of the description; the page on the Conversations API has them',
	'GET Person/': 'People who write are not part of the description; the page on the User Profile API has them',
	'POST IGUser/likes': `${NEWER}: Likes API, April 2026`,
	'DELETE IGUser/likes': `${NEWER}: Likes API, April 2026`,
	'POST IGUser/media: audio_configuration': `${NEWER}: Audio API, June 2026`,
	'POST IGUser/media: branded_content_sponsor_ids': `${NEWER}: partnership labels of content publishing, on Meta's page on media`,
	'POST IGUser/media: is_ai_generated': `${NEWER}: AI labels, June 2026`,
	'POST IGUser/media: is_paid_partnership': `${NEWER}: partnership labels of content publishing, on Meta's page on media`,
	'POST IGUserForIGOnlyAPI/media: is_ai_generated': `${NEWER}: AI labels, June 2026`,
	'POST IGUserForIGOnlyAPI/media_publish': OTHER_NAME,
	'POST IGUserForIGOnlyAPI/message_attachments': OTHER_NAME,
	'DELETE IGUserForIGOnlyAPI/messenger_profile: platform': PLATFORM,
	'GET IGUserForIGOnlyAPI/messenger_profile: platform': PLATFORM,
	'POST IGUserForIGOnlyAPI/messenger_profile: platform': PLATFORM,
	'POST IGUserForIGOnlyAPI/messages: payload': REACTION,
	'POST IGUserForIGOnlyAPI/messages: tag': TAG,
	'POST Page/messages: payload': REACTION,
	'POST Page/messages: tag': TAG,
	'POST Page/release_thread_control: metadata': "Meta's page on the APIs of Conversation Routing has it",
};
