import { insightCalls } from '../../../meta/reading/insightCalls';
import { ACCOUNT_METRICS } from '../../../meta/reading/metrics';
import { askInsights } from '../../../meta/reading/insights';
import { operation } from '../define';
import { metricsField, shownInsights, simplifyInsights } from '../shared/insightFields';
import { asNames, optionsField } from '../shared/reading';
import { timeRangeFields, timeRangeOf } from './shared/timeRange';
import { graphPath } from '../../../meta/graph/path';

type Options = { breakDownBy?: unknown; peopleBy?: unknown; timeframe?: string };

const preselected = ['accounts_engaged', 'reach', 'total_interactions', 'views'];

/** @see https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights */
export const getInsights = operation({
	value: 'getInsights',
	name: 'Get Insights',
	action: 'Get the insights of an account',
	description:
		'Read how often the content of the account was seen, what people did with it and who they are, one item per number. A metric that Meta refuses is told in its item; the others come.',
	fields: [
		metricsField(ACCOUNT_METRICS, { default: preselected, description: 'What to read' }),
		...timeRangeFields,
		{
			displayName: 'Values',
			name: 'values',
			type: 'options',
			default: 'total',
			description: 'One number for the whole range or one for each day of it; New followers always come by day',
			options: [
				{
					name: 'Per Day',
					value: 'day',
					description: 'One item per metric and day. Most metrics then take a call per day.',
				},
				{ name: 'Total', value: 'total', description: 'One item per metric' },
			],
		},
		simplifyInsights,
		optionsField(
			{
				displayName: 'Break Down By',
				name: 'breakDownBy',
				type: 'multiOptions',
				default: [],
				description: 'What to split numbers by, where Meta can; the others come whole',
				options: [
					{ name: 'Contact Button', value: 'contact_button_type', description: 'Profile Links Taps' },
					{ name: 'Follower or Not', value: 'follow_type', description: 'Follows and Unfollows, Reach, Views' },
					{
						name: 'Kind of Post',
						value: 'media_product_type',
						description: 'Comments, Likes, Reach, Saves, Shares, Total Interactions, Views',
					},
				],
			},
			{
				displayName: 'Demographics By',
				name: 'peopleBy',
				type: 'multiOptions',
				default: ['country'],
				description: 'What the metrics of demographics count people by; Meta gives the 45 largest groups',
				options: [
					{ name: 'Age', value: 'age' },
					{ name: 'City', value: 'city' },
					{ name: 'Country', value: 'country' },
					{ name: 'Gender', value: 'gender' },
				],
			},
			{
				displayName: 'Demographics Timeframe',
				name: 'timeframe',
				type: 'options',
				default: 'this_month',
				description: 'What time the metrics of demographics cover; the time range above does not apply to them',
				options: [
					{ name: 'This Month', value: 'this_month' },
					{ name: 'This Week', value: 'this_week' },
				],
			},
		),
	],
	run: async (ctx) => {
		const { account, fail, graph, param } = ctx;
		const metrics = asNames(param<unknown>('metrics', preselected));
		if (metrics.length === 0) throw fail('"Metrics" is empty', 'Choose at least one.');
		const { breakDownBy, peopleBy, timeframe = 'this_month' } = param<Options>('options', {});
		const by = asNames(peopleBy);
		const calls = insightCalls({
			metrics,
			range: timeRangeOf(ctx),
			isDaily: param<string>('values', 'total') === 'day',
			breakdowns: asNames(breakDownBy),
			people: { by: by.length > 0 ? by : ['country'], timeframe },
		});
		const { id, username } = account();
		return shownInsights(ctx, { accountId: id, username }, await askInsights(graph, graphPath`/${id}/insights`, calls));
	},
});
