import { tryToParseDateTime, type INodeProperties } from 'n8n-workflow';
import { DAY_SECONDS, rangeUntilNow, type Range } from '../../../../meta/reading/timeRange';
import type { RunContext } from '../../define';
import { secondsOf } from '../../shared/reading';

/** Longest range that Meta takes at once, in days. */
const LONGEST = 30;

const custom = { show: { timeRange: ['custom'] } };

export const timeRangeFields: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		default: 'last24Hours',
		description: 'What time the numbers cover. Meta keeps them for 90 days and may need two days to count.',
		options: [
			{ name: 'Custom', value: 'custom', description: 'From one moment to another, up to 30 days' },
			{ name: 'Last 24 Hours', value: 'last24Hours', description: 'Up to now' },
			{ name: 'Last 28 Days', value: 'last28Days', description: 'Up to now' },
			{ name: 'Last 7 Days', value: 'last7Days', description: 'Up to now' },
			{ name: 'Yesterday', value: 'yesterday', description: "From midnight to midnight in the workflow's time zone" },
		],
	},
	{
		displayName: 'From',
		name: 'since',
		type: 'dateTime',
		displayOptions: custom,
		default: '',
		description: 'Beginning of the range',
	},
	{
		displayName: 'To',
		name: 'until',
		type: 'dateTime',
		displayOptions: custom,
		default: '',
		description: 'End of the range; now when empty',
	},
];

/** The chosen range, checked before Meta is asked. */
export function timeRangeOf(ctx: RunContext): Range {
	const { fail, n8n, param } = ctx;
	const now = Math.floor(Date.now() / 1000);
	const name = param<string>('timeRange', 'last24Hours');
	if (name === 'yesterday') {
		const midnight = tryToParseDateTime(new Date(now * 1000), n8n.getTimezone()).startOf('day');
		return { since: midnight.minus({ days: 1 }).toSeconds(), until: midnight.toSeconds() };
	}
	const fixed = rangeUntilNow(name, now);
	if (fixed) return fixed;
	const since = secondsOf(ctx, 'From', param<unknown>('since', ''));
	const until = secondsOf(ctx, 'To', param<unknown>('until', '')) ?? now;
	if (since === undefined)
		throw fail('"From" is empty', 'Pick the beginning of the time range, or choose another Time Range.');
	if (since >= until) throw fail('The time range ends before it begins', 'Pick a "From" that is earlier than "To".');
	if (until - since > LONGEST * DAY_SECONDS)
		throw fail(
			`The time range is longer than ${LONGEST} days`,
			`Meta takes at most ${LONGEST} days at once: shorten it, or read it in parts.`,
		);
	return { since, until };
}
