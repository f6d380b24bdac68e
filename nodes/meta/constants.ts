/**
 * Facts about Meta's platform that more than one file needs.
 * @see https://developers.facebook.com/docs/graph-api/changelog/versions
 * @see https://developers.facebook.com/docs/instagram-platform/overview
 */

/** Live Graph API versions, newest first. */
export const GRAPH_VERSIONS = ['v26.0', 'v25.0', 'v24.0', 'v23.0', 'v22.0'];
export const DEFAULT_GRAPH_VERSION = 'v25.0';

export const FACEBOOK_GRAPH_URL = 'https://graph.facebook.com';
export const FACEBOOK_LOGIN_URL = 'https://www.facebook.com';
export const INSTAGRAM_GRAPH_URL = 'https://graph.instagram.com';
export const INSTAGRAM_LOGIN_URL = 'https://www.instagram.com';
export const INSTAGRAM_API_URL = 'https://api.instagram.com';

/** Longest text of a direct message, in UTF-8 bytes (not characters). */
export const MESSAGE_TEXT_MAX_BYTES = 1000;
/** Longest caption of a post, in characters. */
export const CAPTION_MAX_CHARACTERS = 2200;
/** Longest alternative text of an image, in characters. */
export const ALT_TEXT_MAX_CHARACTERS = 1000;

/** Largest page that Meta serves on list edges. */
export const GRAPH_PAGE_SIZE = 100;

/** Permissions that every Facebook Login needs to find the account and read its profile. */
export const BASE_SCOPES = ['instagram_basic', 'pages_show_list', 'pages_read_engagement'];

/**
 * What an operator wants to do -> the permissions that Meta asks for it.
 * @see https://developers.facebook.com/docs/permissions
 */
export const SCOPES_BY_CAPABILITY: Record<string, string[]> = {
	messaging: ['instagram_manage_messages', 'pages_manage_metadata', 'pages_messaging'],
	comments: ['instagram_manage_comments', 'pages_manage_metadata'],
	publishing: ['instagram_content_publish'],
	insights: ['instagram_manage_insights'],
	businessPages: ['business_management'],
	deletion: ['instagram_manage_contents'],
	likes: ['instagram_manage_engagement'],
	products: ['instagram_shopping_tag_products', 'catalog_management'],
	events: ['instagram_manage_upcoming_events'],
};

/** How the capabilities are called where people choose them. */
export const CAPABILITY_NAMES: Record<string, string> = {
	businessPages: 'Pages in Business Portfolios',
	comments: 'Comments',
	deletion: 'Deleting Posts',
	events: 'Upcoming Events',
	insights: 'Insights',
	likes: 'Likes',
	messaging: 'Messaging',
	products: 'Product Tags',
	publishing: 'Publishing',
};

/** What few need: an app that lacks the permission, as most do, would have its whole login dialog refused by Meta. */
export const OPT_IN_CAPABILITIES = ['deletion', 'likes', 'products', 'events'];

/** The permission that every Instagram Login needs. */
export const INSTAGRAM_BASE_SCOPES = ['instagram_business_basic'];

/**
 * The same for Instagram Login.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
export const INSTAGRAM_SCOPES_BY_CAPABILITY: Record<string, string[]> = {
	messaging: ['instagram_business_manage_messages'],
	comments: ['instagram_business_manage_comments'],
	publishing: ['instagram_business_content_publish'],
	insights: ['instagram_business_manage_insights'],
};
