/** An edge of Meta as `METHOD name`; a bare method is the object itself, `?name` a field that works like an edge. */
export type NodeEdges = {
	node: string;
	what: string;
	edges: string[];
	/** Edges that no operation calls, with the reason. */
	leftOut: Record<string, string>;
};

const ADS = 'Ads: belongs to ad accounts and the Marketing API';
const PARTNERSHIP = 'Partnership ads: belongs to ads, and Meta admits few apps to it';
const THREADS = 'Threads: another product with an API of its own';
const MESSENGER = 'Messenger only: Meta does not offer it for Instagram conversations';
const FEATURES = 'For partners of Meta that test messaging features';
const MARKETING = 'Marketing messages: Meta offers them for Messenger and WhatsApp, not for Instagram';

const all = (edges: string[], reason: string): Record<string, string> => Object.fromEntries(edges.map((edge) => [edge, reason]));

/**
 * Every edge that Meta's own description of the API (v25.0, and what the changelog added until September 2026) has for
 * Instagram, by the names on the wire. `npm run coverage` compares it with the calls of the operations.
 */
export const EDGES: NodeEdges[] = [
	{
		node: 'IGUser',
		what: 'Account, with Facebook Login',
		edges: [
			'GET', 'GET ?business_discovery', 'GET ?mentioned_comment', 'GET ?mentioned_media', 'GET agencies', 'GET authorized_adaccounts', 'POST authorized_adaccounts',
			'GET available_catalogs', 'GET branded_content_ad_permissions', 'POST branded_content_ad_permissions', 'GET branded_content_advertisable_medias',
			'DELETE branded_content_tag_approval', 'GET branded_content_tag_approval', 'POST branded_content_tag_approval', 'POST business_messaging_feature_status',
			'GET catalog_product_search', 'GET collaboration_invites', 'POST collaboration_invites', 'GET collaborative_media', 'GET connected_threads_user',
			'GET content_publishing_limit', 'GET creator_marketplace_creators', 'GET dataset', 'POST dataset', 'GET insights', 'GET instagram_backed_threads_user',
			'POST instagram_backed_threads_user', 'POST likes', 'DELETE likes', 'GET live_media', 'GET media', 'POST media', 'POST media_publish', 'POST mentions',
			'POST moderate_conversations', 'GET notification_message_tokens', 'GET product_appeal', 'POST product_appeal', 'GET recently_searched_hashtags',
			'GET scheduled_media', 'GET stories', 'GET tags', 'GET upcoming_events', 'POST upcoming_events', 'GET welcome_message_flows',
		],
		leftOut: {
			...all(['GET agencies', 'GET authorized_adaccounts', 'POST authorized_adaccounts'], ADS),
			...all(['GET dataset', 'POST dataset'], 'Ads: feeds the Conversions API'),
			...all(['GET branded_content_ad_permissions', 'POST branded_content_ad_permissions', 'GET branded_content_advertisable_medias'], PARTNERSHIP),
			...all(['DELETE branded_content_tag_approval', 'GET branded_content_tag_approval', 'POST branded_content_tag_approval'], PARTNERSHIP),
			'GET creator_marketplace_creators': 'Creator marketplace: for advertisers that Meta admitted',
			...all(['GET connected_threads_user', 'GET instagram_backed_threads_user', 'POST instagram_backed_threads_user'], THREADS),
			'POST business_messaging_feature_status': FEATURES,
			'POST moderate_conversations': 'The same as the edge of the Page, which Person: Block uses',
			'GET welcome_message_flows': 'The same as the edge of the Page, which Messaging Profile: Get Welcome Flows uses',
			'GET notification_message_tokens': MARKETING,
		},
	},
	{
		node: 'IGMedia',
		what: 'Post, reel or story, with Facebook Login',
		edges: [
			'GET', 'POST', 'DELETE', 'GET boost_ads_list', 'GET branded_content_partner_promote', 'POST branded_content_partner_promote', 'GET children', 'GET collaborators',
			'GET comments', 'POST comments', 'GET insights', 'DELETE partnership_ad_code', 'POST partnership_ad_code', 'GET product_tags', 'POST product_tags',
		],
		leftOut: {
			'GET boost_ads_list': ADS,
			...all(['GET branded_content_partner_promote', 'POST branded_content_partner_promote', 'DELETE partnership_ad_code', 'POST partnership_ad_code'], PARTNERSHIP),
		},
	},
	{ node: 'IGComment', what: 'Comment', edges: ['GET', 'POST', 'DELETE', 'GET replies', 'POST replies'], leftOut: {} },
	{
		node: 'IGUserForIGOnlyAPI',
		what: 'Account, with Instagram Login',
		edges: [
			'GET', 'GET business_messaging_feature_status', 'GET content_publishing_limit', 'GET conversations', 'GET insights', 'GET live_media', 'GET media', 'POST media',
			'POST media_publish', 'POST mentions', 'POST message_attachments', 'POST messages', 'DELETE messenger_profile', 'GET messenger_profile', 'POST messenger_profile',
			'GET stories', 'DELETE subscribed_apps', 'GET subscribed_apps', 'POST subscribed_apps', 'GET tags', 'DELETE welcome_message_flows', 'GET welcome_message_flows',
			'POST welcome_message_flows',
		],
		leftOut: { 'GET business_messaging_feature_status': FEATURES },
	},
	{
		node: 'IGMediaForIGOnlyAPI',
		what: 'Post, reel or story, with Instagram Login',
		edges: ['GET', 'POST', 'GET children', 'GET comments', 'POST comments', 'GET insights'],
		leftOut: {},
	},
	{ node: 'ShadowIGMediaBuilder', what: 'Media container', edges: ['GET'], leftOut: {} },
	{ node: 'ShadowIGHashtag', what: 'Hashtag', edges: ['GET', 'GET recent_media', 'GET top_media'], leftOut: { GET: 'Tells the name of an ID; Hashtag: Search gives the ID of a name' } },
	{ node: 'IGUpcomingEvent', what: 'Upcoming event', edges: ['GET', 'POST'], leftOut: {} },
	{ node: 'UnifiedThread', what: 'Conversation', edges: ['GET', 'GET messages'], leftOut: { GET: 'Conversation: Get Many and Find tell the same fields' } },
	{
		node: 'Page',
		what: 'Facebook Page, as far as it has to do with messages',
		edges: [
			'GET', 'POST business_messaging_feature_status', 'POST calls', 'GET conversations', 'GET custom_labels', 'POST custom_labels', 'DELETE custom_user_settings',
			'GET custom_user_settings', 'POST custom_user_settings', 'POST extend_thread_control', 'POST message_attachments', 'DELETE message_templates',
			'GET message_templates', 'POST message_templates', 'POST messages', 'GET messaging_feature_review', 'GET messenger_call_permissions',
			'GET messenger_call_settings', 'POST messenger_call_settings', 'GET messenger_lead_forms', 'POST messenger_lead_forms', 'DELETE messenger_profile',
			'GET messenger_profile', 'POST messenger_profile', 'POST moderate_conversations', 'POST nlp_configs', 'GET notification_message_tokens',
			'POST notification_messages_dev_support', 'POST pass_thread_control', 'GET personas', 'POST personas', 'POST release_thread_control',
			'POST request_thread_control', 'GET secondary_receivers', 'DELETE subscribed_apps', 'GET subscribed_apps', 'POST subscribed_apps',
			'POST take_thread_control', 'GET thread_owner', 'GET threads', 'POST unlink_accounts', 'DELETE welcome_message_flows', 'GET welcome_message_flows',
			'POST welcome_message_flows',
		],
		leftOut: {
			'POST business_messaging_feature_status': FEATURES,
			...all(['POST calls', 'GET messenger_call_permissions', 'GET messenger_call_settings', 'POST messenger_call_settings'], MESSENGER),
			...all(['GET custom_labels', 'POST custom_labels', 'GET personas', 'POST personas', 'POST nlp_configs', 'POST unlink_accounts'], MESSENGER),
			...all(['DELETE custom_user_settings', 'GET custom_user_settings', 'POST custom_user_settings'], MESSENGER),
			...all(['DELETE message_templates', 'GET message_templates', 'POST message_templates', 'GET messenger_lead_forms', 'POST messenger_lead_forms'], MESSENGER),
			...all(['GET notification_message_tokens', 'POST notification_messages_dev_support'], MARKETING),
			'GET messaging_feature_review': 'State of an app review; the App Dashboard shows it',
			'GET secondary_receivers': 'Of the handover protocol, which Conversation Routing has replaced on Instagram',
			'GET threads': 'The same as conversations, under its old name',
		},
	},
	{
		node: 'Graph',
		what: 'Calls that name no object',
		edges: ['POST debug_token', 'GET ig_audio', 'GET ig_hashtag_search', 'GET instagram_oembed', 'GET pages/search'],
		leftOut: {},
	},
];
