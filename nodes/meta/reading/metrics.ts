/** Where a post was published; decides what Meta counts of it. */
export type PostKind = 'FEED' | 'REELS' | 'STORY';

/** A number of a post. All of them cover its whole life. */
export type PostMetric = {
	name: string;
	description: string;
	on: PostKind[];
	/** By what Meta can split it. */
	breakdown?: string;
	/** Not offered with Instagram Login. */
	facebookOnly?: true;
};

const ALL: PostKind[] = ['FEED', 'REELS', 'STORY'];
const POSTS: PostKind[] = ['FEED', 'REELS'];
const PROFILE: PostKind[] = ['FEED', 'STORY'];

/**
 * What Meta counts of posts, without the metrics that it has retired.
 * @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights
 */
export const POST_METRICS: PostMetric[] = [
	{ name: 'comments', on: POSTS, description: 'Comments' },
	{ name: 'crossposted_views', on: ['REELS'], description: 'Views of the reel on Instagram and Facebook together' },
	{ name: 'facebook_views', on: ALL, description: 'Views on Facebook' },
	{ name: 'follows', on: PROFILE, description: 'People who began to follow the account because of it' },
	{
		name: 'ig_reels_avg_watch_time',
		on: ['REELS'],
		description: 'How long the reel was watched on average, in milliseconds',
	},
	{
		name: 'ig_reels_video_view_total_time',
		on: ['REELS'],
		description: 'How long the reel was watched altogether, in milliseconds',
	},
	{ name: 'likes', on: POSTS, description: 'Likes' },
	{ name: 'link_clicks', on: ['STORY'], description: 'Taps on the link of a story', facebookOnly: true },
	{
		name: 'navigation',
		on: ['STORY'],
		description: 'Taps and swipes in a story',
		breakdown: 'story_navigation_action_type',
	},
	{
		name: 'profile_activity',
		on: PROFILE,
		description: 'What people did on the profile after they saw it',
		breakdown: 'action_type',
	},
	{ name: 'profile_visits', on: PROFILE, description: 'Visits of the profile' },
	{ name: 'reach', on: ALL, description: 'Accounts that saw it' },
	{ name: 'reels_skip_rate', on: ['REELS'], description: 'Share of views that were skipped in the first seconds' },
	{ name: 'replies', on: ['STORY'], description: 'Answers to a story' },
	{ name: 'reposts', on: ALL, description: 'Reposts' },
	{ name: 'saved', on: POSTS, description: 'How often it was saved' },
	{ name: 'shares', on: ALL, description: 'How often it was shared' },
	{ name: 'total_comments', on: POSTS, description: 'Comments, those below ads included', facebookOnly: true },
	{ name: 'total_interactions', on: ALL, description: 'Likes, saves, comments and shares, less what was taken back' },
	{ name: 'total_likes', on: POSTS, description: 'Likes, those of ads included', facebookOnly: true },
	{ name: 'total_views', on: ALL, description: 'Views, those of ads included', facebookOnly: true },
	{ name: 'views', on: ALL, description: 'How often it was seen' },
];

/**
 * A number of the account: `total` of a range, `series` of days, `both` as one likes, `hours` of the last 30 days by
 * hour, or `people`, who they are.
 */
export type AccountMetric = {
	name: string;
	description: string;
	kind: 'total' | 'series' | 'both' | 'hours' | 'people';
	breakdowns?: string[];
};

const total = (name: string, description: string, breakdowns?: string[]): AccountMetric => ({
	name,
	description,
	kind: 'total',
	...(breakdowns ? { breakdowns } : {}),
});

const BY_POST = ['media_product_type'];

/**
 * What Meta counts of an account, without the metrics that it has retired; the same with both logins.
 * @see https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights
 */
export const ACCOUNT_METRICS: AccountMetric[] = [
	total('accounts_engaged', 'Accounts that did something with the content'),
	total('comments', 'Comments', BY_POST),
	{
		name: 'engaged_audience_demographics',
		kind: 'people',
		description: 'Who did something with the content. From 100 people on.',
	},
	{ name: 'follower_count', kind: 'series', description: 'New followers of each day. From 100 followers on.' },
	{ name: 'follower_demographics', kind: 'people', description: 'Who the followers are. From 100 followers on.' },
	total('follows_and_unfollows', 'Accounts that began and ceased to follow', ['follow_type']),
	total('likes', 'Likes', BY_POST),
	{
		name: 'online_followers',
		kind: 'hours',
		description: 'Followers who were online, by hour. From 100 followers on.',
	},
	total('profile_links_taps', 'Taps on the contact buttons of the profile', ['contact_button_type']),
	total('profile_views', 'Visits of the profile'),
	{
		name: 'reach',
		kind: 'both',
		description: 'Accounts that saw the content',
		breakdowns: ['media_product_type', 'follow_type'],
	},
	{ name: 'reached_audience_demographics', kind: 'people', description: 'Who saw the content. From 100 people on.' },
	total('replies', 'Answers to stories'),
	total('reposts', 'Reposts'),
	total('saves', 'How often posts were saved', BY_POST),
	total('shares', 'How often posts were shared', BY_POST),
	total('total_interactions', 'Likes, saves, comments, shares and replies', BY_POST),
	total('views', 'How often the content was seen', ['follow_type', 'media_product_type']),
	total('website_clicks', 'Taps on the website of the profile'),
];
