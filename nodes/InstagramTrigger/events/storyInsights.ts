import { reader } from './define';
import { digestOf } from './shared/identity';
import { isChange } from './shared/occurrence';
import { id, metric, ownObject } from './shared/shape';

/** @see https://developers.facebook.com/docs/graph-api/webhooks/reference/instagram */
export const storyInsights = reader({
	event: 'storyInsights',
	name: 'Story Insights',
	description: 'A story of the account has ended, with its numbers',
	field: 'story_insights',
	output: {
		storyInsights: ownObject(
			(value) => value,
			'The numbers; null stands for what Meta does not tell, for example with fewer than five viewers',
			{
				mediaId: id('media_id', 'The story'),
				impressions: metric('impressions', 'How often it was seen'),
				reach: metric('reach', 'How many accounts saw it'),
				replies: metric('replies', 'How often it was answered'),
				tapsForward: metric('taps_forward', 'Taps to the next picture'),
				tapsBack: metric('taps_back', 'Taps to the picture before'),
				exits: metric('exits', 'How often it was left'),
			},
		),
	},
	reads: isChange('story_insights'),
	identity: (value) => [value.media_id, 'insights', digestOf(value)],
});
