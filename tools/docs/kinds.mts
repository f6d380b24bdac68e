/** Made-up IDs, by the kind of object that they name. None is the beginning of another: runs put digits of their own behind them. */
export const IDS: Record<string, string> = {
	IGUser: '17841400000000001',
	User: '122000000000001',
	Page: '100000000000001',
	Business: '88000000000000001',
	Application: '66000000000001',
	Person: '5551234567890123',
	IGMedia: '18000000000000001',
	IGComment: '17900000000000001',
	ShadowIGMediaBuilder: '17800000000000001',
	ShadowIGHashtag: '17700000000000001',
	IGUpcomingEvent: '73000000000000001',
	UnifiedThread: 'aWdfThread',
	Message: 'aWdfMessage',
	ProductCatalog: '44000000000000001',
	ProductItem: '45000000000000001',
	Ad: '23000000000000001',
	Attachment: '46000000000000001',
	Audio: '47000000000000001',
	WelcomeFlow: '48000000000000001',
};

/** Fields of operations that hold an ID -> the kind of object that it names. */
const NAMED_BY: Record<string, string> = {
	adId: 'Ad',
	attachmentId: 'Attachment',
	audioId: 'Audio',
	catalogId: 'ProductCatalog',
	commentId: 'IGComment',
	containerId: 'ShadowIGMediaBuilder',
	conversationId: 'UnifiedThread',
	eventId: 'IGUpcomingEvent',
	flowId: 'WelcomeFlow',
	hashtag: 'ShadowIGHashtag',
	locationId: 'Page',
	mediaId: 'IGMedia',
	messageId: 'Message',
	passToAppId: 'Application',
	personId: 'Person',
	postId: 'IGMedia',
	productId: 'ProductItem',
	productIds: 'ProductItem',
	recipientId: 'Person',
	sponsorIds: 'IGUser',
	targetAppId: 'Application',
};

/** Edges that list or make objects -> the kind of these. */
const MADE_BY: Record<string, string> = {
	'GET accounts': 'Page',
	'GET available_catalogs': 'ProductCatalog',
	'GET businesses': 'Business',
	'GET children': 'IGMedia',
	'GET client_pages': 'Page',
	'GET collaborative_media': 'IGMedia',
	'GET comments': 'IGComment',
	'GET conversations': 'UnifiedThread',
	'GET ig_hashtag_search': 'ShadowIGHashtag',
	'GET live_media': 'IGMedia',
	'GET media': 'IGMedia',
	'GET messages': 'Message',
	'GET owned_pages': 'Page',
	'GET pages/search': 'Page',
	'GET recent_media': 'IGMedia',
	'GET recently_searched_hashtags': 'ShadowIGHashtag',
	'GET replies': 'IGComment',
	'GET scheduled_media': 'IGMedia',
	'GET stories': 'IGMedia',
	'GET tags': 'IGMedia',
	'GET top_media': 'IGMedia',
	'GET upcoming_events': 'IGUpcomingEvent',
	'POST comments': 'IGComment',
	'POST media': 'ShadowIGMediaBuilder',
	'POST media_publish': 'IGMedia',
	'POST mentions': 'IGComment',
	'POST replies': 'IGComment',
	'POST upcoming_events': 'IGUpcomingEvent',
};

/** IDs of no known kind -> where they come from. They look like any other, so that checks of operations let them pass. */
const origins = new Map<string, string>();

function unknownId(origin: string): string {
	const known = [...origins].find(([, from]) => from === origin)?.[0];
	const id = known ?? `999000000000${String(origins.size).padStart(5, '0')}`;
	origins.set(id, origin);
	return id;
}

/** Whether a field's name says that it holds an ID. */
export function isIdField(field: string): boolean {
	return field in NAMED_BY || /(^id|Ids?)$/.test(field);
}

/** Whether the rehearsal knows what the ID in a field names. */
export function isKnownField(field: string): boolean {
	return field in NAMED_BY;
}

/** What stands in a field that holds an ID. */
export function idInField(field: string): string {
	return IDS[NAMED_BY[field]] ?? unknownId(field);
}

/** The ID in the answer of an edge. */
export function idFromEdge(method: string, edge: string): string {
	return IDS[MADE_BY[`${method} ${edge}`]] ?? unknownId(`id from ${method} ${edge}`);
}

/** The kind of object that an ID names; undefined when nothing tells. */
export function kindOf(id: string): string | undefined {
	return Object.keys(IDS).find((kind) => id.startsWith(IDS[kind]));
}

/** A path for people: an ID of no known kind as where it comes from. */
export function shownPath(path: string): string {
	return path.replace(/\d{17}/g, (id) => (origins.has(id) ? `<${origins.get(id)}>` : id));
}
