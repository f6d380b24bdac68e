/** A field of one of Meta's objects that an operator may ask for. */
export type GraphField = {
	/** Meta's name. */
	name: string;
	description: string;
	/** What the call says instead of the name, for a field with fields of its own. */
	read?: string;
	/** Read when nobody chose fields. */
	isUsual?: boolean;
	/** The one login that has it. */
	only?: 'facebook' | 'instagram';
};

const usual = (name: string, description: string): GraphField => ({ name, description, isUsual: true });
const more = (name: string, description: string, read?: string): GraphField => ({
	name,
	description,
	...(read ? { read } : {}),
});
const facebook = (name: string, description: string, read?: string): GraphField => ({
	...more(name, description, read),
	only: 'facebook',
});

const CHILDREN = 'children{id,media_type,media_url,thumbnail_url}';
const COMMENTS = 'comments.limit(50){id,text,timestamp,username,like_count}';

/** What a list of posts of others tells of each. */
const PUBLIC: GraphField[] = [
	usual('caption', 'Text below the post; Meta leaves the @ of mentions out for posts of others'),
	usual('comments_count', 'Number of comments, replies included'),
	usual('like_count', 'Number of likes; absent when the owner hides it'),
	usual('media_type', 'IMAGE, VIDEO or CAROUSEL_ALBUM'),
	usual(
		'media_url',
		'Address of the picture or video, for a short time; absent for what is flagged for copyright, and for carousels of others',
	),
	usual('permalink', 'Link to the post'),
	usual('timestamp', 'When it was published'),
	more('children', 'Pictures and videos of a carousel', CHILDREN),
];

/**
 * Posts, reels and stories of the account.
 * @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media
 */
export const POST_FIELDS: GraphField[] = [
	...PUBLIC,
	usual('is_comment_enabled', 'Whether people may comment'),
	usual('media_product_type', 'FEED, REELS, STORY or AD'),
	usual('thumbnail_url', 'Address of the preview of a video, for a short time'),
	usual('username', 'Whose post it is'),
	more('alt_text', 'Description of the picture for people who cannot see it'),
	more('is_ai_generated', 'Whether the post is labelled as made with AI'),
	more('is_shared_to_feed', 'Whether a reel is shown among the posts too'),
	more('media_audio_type', 'MUSIC or ORIGINAL_SOUND, of a video'),
	more('owner', 'ID of the account whose post it is'),
	more('shortcode', 'The part of the link that names the post'),
	facebook('boost_eligibility_info', 'Whether the post can be promoted as an ad'),
	facebook('copyright_check_information', 'What the check of a video for copyright found'),
	facebook('has_poll', 'Whether a story has a poll'),
	facebook('has_slider', 'Whether a story has a slider'),
	facebook('ig_id', 'ID of the post in old parts of the API'),
	facebook('legacy_instagram_media_id', 'ID of the post in the old Instagram API'),
	facebook('reposts_count', 'Number of reposts'),
	facebook('saved_count', 'How often the post was saved'),
	facebook('shares_count', 'How often the post was shared'),
	facebook('total_comments_count', 'Number of comments, those below ads of the post included'),
	facebook('total_like_count', 'Number of likes, those of ads of the post included'),
	facebook('total_views_count', 'Number of views, those of ads of the post included'),
];

/** Pictures and videos of a carousel. */
export const CHILD_FIELDS: GraphField[] = POST_FIELDS.filter(({ name }) =>
	['alt_text', 'media_type', 'media_url', 'owner', 'shortcode', 'thumbnail_url', 'timestamp', 'username'].includes(
		name,
	),
).map((field) => ({
	...field,
	isUsual: ['media_type', 'media_url', 'thumbnail_url', 'timestamp'].includes(field.name),
}));

/** Live videos while they are on air. */
export const LIVE_FIELDS: GraphField[] = [
	usual('media_product_type', 'Where it is shown'),
	usual('media_type', 'Kind of media'),
	usual('permalink', 'Link to the live video'),
	usual('timestamp', 'When it began'),
	usual('username', 'Whose live video it is'),
	more('comments', 'The newest comments', COMMENTS),
	more('current_live_viewer_count', 'How many people watch it now'),
	more('owner', 'ID of the account'),
];

/** Posts of others in which the account was tagged. */
export const TAGGED_FIELDS: GraphField[] = [
	...PUBLIC,
	usual('media_product_type', 'FEED or REELS'),
	usual('username', 'Whose post it is'),
	more('owner', 'ID of the owner, where it is a professional account'),
];

/** Posts below a hashtag: Meta does not say whose they are. */
export const HASHTAG_FIELDS: GraphField[] = PUBLIC;

/** Posts of another business. */
export const DISCOVERED_POST_FIELDS: GraphField[] = [
	...TAGGED_FIELDS,
	usual('view_count', 'How often a reel was viewed'),
];

/** Posts that mention the account. */
export const MENTIONED_POST_FIELDS: GraphField[] = [
	...PUBLIC.map((field) => (field.name === 'permalink' ? more('permalink', field.description) : field)),
	usual('username', 'Whose post it is'),
	more('comments', 'The newest comments', COMMENTS),
	more('media_product_type', 'FEED or REELS'),
	more('owner', 'ID of the owner, where it is a professional account'),
];

/** Posts that the account made together with others. */
export const COLLABORATIVE_FIELDS: GraphField[] = POST_FIELDS.filter(({ name }) =>
	'caption comments_count like_count media_product_type media_type media_url permalink reposts_count saved_count shares_count thumbnail_url timestamp total_comments_count total_like_count total_views_count username'
		.split(' ')
		.includes(name),
);

/**
 * The account itself.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const ACCOUNT_FIELDS: GraphField[] = [
	usual('biography', 'Text of the profile'),
	usual('followers_count', 'Number of followers'),
	usual('follows_count', 'Number of accounts that it follows'),
	usual('media_count', 'Number of posts'),
	usual('name', 'Name of the profile'),
	usual('profile_picture_url', 'Address of the picture of the profile, for a short time'),
	usual('username', '@username'),
	usual('website', 'Address of the website in the profile'),
	{ ...usual('account_type', 'BUSINESS or MEDIA_CREATOR'), only: 'instagram' },
	facebook('has_profile_pic', 'Whether there is a picture'),
	facebook('is_published', 'Whether the account can be seen'),
	facebook('legacy_instagram_user_id', 'ID of the account in the old Instagram API'),
	facebook('shopping_product_tag_eligibility', 'Whether it may tag products'),
];

/** Another business, as anybody may see it. */
export const DISCOVERED_FIELDS: GraphField[] = ACCOUNT_FIELDS.filter(({ only }) => !only);
