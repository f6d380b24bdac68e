import type { Chapter } from '../row';

/** Insights, other accounts, hashtags and embeds. */
// prettier-ignore
export const READING: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights',
		rows: [
			{ code: 100, subcode: 2108006, retry: 'no', message: 'This post has no insights: it is older than the professional account', fix: 'Meta counts only what was published after the account became a Business or Creator account.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery',
		rows: [
			{ code: 110, subcode: 2207013, anywhere: true, retry: 'no', message: 'Meta finds no professional account with this username', fix: 'Check the spelling. Only Business and Creator accounts can be looked up, and none that is restricted by age.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag-search',
		rows: [
			{ code: 18, subcode: 2207034, anywhere: true, retry: 'no', message: 'The account has searched 30 different hashtags within 7 days', fix: 'Search one of those again (Hashtag > Get Searched lists them), or wait until the oldest is 7 days old.' },
			{ subcode: 2207024, retry: 'no', message: 'Instagram knows no such hashtag', fix: 'Check the spelling, without blanks and special characters.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/oembed',
		rows: [
			{ subcode: 2207045, retry: 'no', message: 'Meta finds no public post at this address', fix: 'Open the address in a private browser window to check that the post exists and its account is public.' },
		],
	},
];
