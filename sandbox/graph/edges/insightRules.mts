import type { Login } from '../../world/app.mts';
import { invalidParam } from '../engine/errors.mts';

/**
 * What may be asked about one account metric.
 * @see https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights
 */
export type AccountMetric = {
	period: 'day' | 'lifetime';
	types: Array<'total_value' | 'time_series'>;
	breakdowns: string[];
	/** Needs at least 100 followers; all but the followers themselves need a timeframe, too. */
	demographic?: 'inTimeframe' | 'always';
};

const total = (breakdowns: string[] = []): AccountMetric => ({
	period: 'day',
	types: ['total_value'],
	breakdowns,
});
const demographic = (of: AccountMetric['demographic']): AccountMetric => ({
	period: 'lifetime',
	types: ['total_value'],
	breakdowns: ['age', 'city', 'country', 'gender'],
	demographic: of,
});

export const ACCOUNT_METRICS: Record<string, AccountMetric> = {
	reach: {
		period: 'day',
		types: ['total_value', 'time_series'],
		breakdowns: ['media_product_type', 'follow_type'],
	},
	views: total(['follow_type', 'follower_type', 'media_product_type']),
	accounts_engaged: total(),
	total_interactions: total(['media_product_type']),
	likes: total(['media_product_type']),
	comments: total(['media_product_type']),
	saves: total(['media_product_type']),
	shares: total(['media_product_type']),
	replies: total(),
	reposts: total(),
	follows_and_unfollows: total(['follow_type']),
	profile_links_taps: total(['contact_button_type']),
	profile_views: total(),
	website_clicks: total(),
	follower_count: { period: 'day', types: ['time_series'], breakdowns: [] },
	online_followers: { period: 'lifetime', types: [], breakdowns: [] },
	follower_demographics: demographic('always'),
	engaged_audience_demographics: demographic('inTimeframe'),
	reached_audience_demographics: demographic('inTimeframe'),
};

const EVERYWHERE = ['views', 'reach', 'shares', 'total_interactions', 'reposts', 'facebook_views', 'total_views'];
const POSTS = ['likes', 'comments', 'saved', 'total_likes', 'total_comments'];
const PROFILE = ['follows', 'profile_visits', 'profile_activity'];

/**
 * Metrics of a post by its product type.
 * @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights
 */
const MEDIA_METRICS: Record<'FEED' | 'REELS' | 'STORY', string[]> = {
	FEED: [...EVERYWHERE, ...POSTS, ...PROFILE],
	REELS: [
		...EVERYWHERE,
		...POSTS,
		'ig_reels_avg_watch_time',
		'ig_reels_video_view_total_time',
		'reels_skip_rate',
		'crossposted_views',
	],
	STORY: [...EVERYWHERE, ...PROFILE, 'navigation', 'replies', 'link_clicks'],
};

const FACEBOOK_ONLY = ['link_clicks', 'total_likes', 'total_comments', 'total_views'];

/** The same for one login: some metrics exist with Facebook Login only. */
export function mediaMetrics(type: keyof typeof MEDIA_METRICS, login: Login): string[] {
	return login === 'facebook'
		? MEDIA_METRICS[type]
		: MEDIA_METRICS[type].filter((metric) => !FACEBOOK_ONLY.includes(metric));
}

/** Breakdowns of single media metrics. */
export const MEDIA_BREAKDOWNS: Record<string, string> = {
	profile_activity: 'action_type',
	navigation: 'story_navigation_action_type',
};

/** Refuse metrics outside of a list, naming the first that does not fit. */
export function checkMetrics(metrics: string[], allowed: string[]): void {
	const index = metrics.findIndex((metric) => !allowed.includes(metric));
	if (metrics.length === 0) throw invalidParam('The parameter metric is required');
	if (index >= 0) throw invalidParam(`metric[${index}] must be one of the following values: ${allowed.join(', ')}`);
}
