/**
 * Permissions that the login dialog of a Facebook-family app knows.
 * @see https://developers.facebook.com/docs/permissions
 */
export const KNOWN_SCOPES: ReadonlySet<string> = new Set([
	'public_profile',
	'email',
	'pages_show_list',
	'pages_read_engagement',
	'pages_manage_metadata',
	'pages_manage_posts',
	'pages_read_user_content',
	'pages_manage_engagement',
	'pages_messaging',
	'business_management',
	'ads_management',
	'ads_read',
	'read_insights',
	'catalog_management',
	'instagram_basic',
	'instagram_content_publish',
	'instagram_manage_comments',
	'instagram_manage_contents',
	'instagram_manage_engagement',
	'instagram_manage_events',
	'instagram_manage_upcoming_events',
	'instagram_manage_insights',
	'instagram_manage_messages',
	'instagram_branded_content_creator',
	'instagram_branded_content_brand',
	'instagram_branded_content_ads_brand',
	'instagram_shopping_tag_products',
]);
