import type { Login } from '../../world/app.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoints } from './endpoints.mts';

/**
 * What graph.instagram.com shares with graph.facebook.com. Absent, hence refused: everything of
 * Pages, people, portfolios and the app, deleting media, hashtags, likes, audio, collaborators,
 * products, upcoming events, and what neither host of the sandbox has (partnership ads).
 */
const SHARED: ReadonlySet<string> = new Set([
	'GET account',
	'GET account/media',
	'GET account/stories',
	'GET account/live_media',
	'GET account/tags',
	'GET account/insights',
	'GET account/content_publishing_limit',
	'GET account/welcome_message_flows',
	'POST account/media',
	'POST account/media_publish',
	'POST account/messages',
	'GET media',
	'GET media/children',
	'GET media/comments',
	'GET media/insights',
	'POST media',
	'POST media/comments',
	'GET comment',
	'GET comment/replies',
	'POST comment',
	'POST comment/replies',
	'POST account/mentions',
	'DELETE comment',
	'GET container',
	'GET conversation',
	'GET conversation/messages',
	'GET message',
	'GET person',
]);

/** Parameters of shared edges that only Facebook Login has: product tags, resumable upload, ads, audio. */
const FACEBOOK_ONLY_PARAMS: Record<string, string[] | undefined> = {
	'POST account/media': [
		'product_tags',
		'upload_type',
		'branded_content_sponsor_ids',
		'is_paid_partnership',
		'audio_configuration',
	],
};

const keyOf = ({ method, on, edge }: Endpoint): string => `${method} ${on}${edge === '' ? '' : `/${edge}`}`;

const forInstagram = (shared: Endpoint): Endpoint => {
	const without = FACEBOOK_ONLY_PARAMS[keyOf(shared)] ?? [];
	const params = Object.entries(shared.params).filter(([name]) => !without.includes(name));
	return { ...shared, params: Object.fromEntries(params) };
};

/** The edges of each host. */
export const endpointsOf: Record<Login, Endpoint[]> = {
	facebook: endpoints.filter(({ login }) => login !== 'instagram'),
	instagram: endpoints.filter((one) => one.login === 'instagram' || SHARED.has(keyOf(one))).map(forInstagram),
};

const OF_INSTAGRAM_LOGIN = /^instagram_business_/;
const OF_FACEBOOK_LOGIN = /\binstagram_(?=(basic|content_publish|manage_comments|manage_messages|manage_insights)\b)/g;

/** Permissions of Instagram Login under the names by which the shared edges ask for them. */
export function sharedScopes(scopes: Iterable<string>): Set<string> {
	return new Set([...scopes].map((scope) => scope.replace(OF_INSTAGRAM_LOGIN, 'instagram_')));
}

/** A text in which permissions bear their names of Instagram Login. */
export function nameScopes(text: string): string {
	return text.replace(OF_FACEBOOK_LOGIN, 'instagram_business_');
}
