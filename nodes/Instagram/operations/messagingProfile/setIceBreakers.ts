import type { IDataObject } from 'n8n-workflow';
import { groupByLocale, type ProfileEntry } from '../../../meta/messages/messengerProfile';
import { asList, readJsonField } from '../../../meta/input/json';
import { operation, type RunContext } from '../define';
import { keepOthersField, localeValue, setPart } from './shared/setPart';
import { specifyField } from '../shared/specifyField';

const JSON_LABEL = 'Ice Breakers (JSON)';

function readRows({ fail, param }: RunContext): ProfileEntry[] {
	if (param<string>('specifyIceBreakers', 'fields') === 'json') {
		return asList(
			fail,
			JSON_LABEL,
			readJsonField(fail, JSON_LABEL, param<unknown>('iceBreakersJson', '[]')),
		) as ProfileEntry[];
	}
	const rows = param<{ iceBreaker?: IDataObject[] }>('iceBreakers', {}).iceBreaker ?? [];
	return groupByLocale(
		rows.map(({ question, payload, locale }) => ({
			question,
			payload: String(payload ?? '').trim() || question,
			locale,
		})),
	);
}

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ice-breakers */
export const setIceBreakers = operation({
	value: 'setIceBreakers',
	name: 'Set Ice Breakers',
	action: 'Set the ice breakers',
	description: 'Set the questions that new people can tap instead of writing, up to 4 per language',
	fields: [
		specifyField('specifyIceBreakers', 'Ice Breakers'),
		{
			displayName: 'Ice Breakers',
			name: 'iceBreakers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Ice Breaker',
			displayOptions: { show: { specifyIceBreakers: ['fields'] } },
			default: {},
			description: 'Up to 4 questions per language; the language "default" is needed',
			options: [
				{
					displayName: 'Ice Breaker',
					name: 'iceBreaker',
					values: [
						{
							displayName: 'Question',
							name: 'question',
							type: 'string',
							default: '',
							placeholder: 'e.g. When are you open?',
							description: 'What the person can tap',
						},
						{
							displayName: 'Payload',
							name: 'payload',
							type: 'string',
							default: '',
							placeholder: 'e.g. OPENING_HOURS',
							description: 'What the trigger receives; the question when empty. At most 1,000 characters.',
						},
						localeValue,
					],
				},
			],
		},
		{
			displayName: JSON_LABEL,
			name: 'iceBreakersJson',
			type: 'json',
			displayOptions: { show: { specifyIceBreakers: ['json'] } },
			default:
				'[\n  { "locale": "default", "call_to_actions": [{ "question": "When are you open?", "payload": "OPENING_HOURS" }] }\n]',
			description:
				'List with one object per language as Meta takes it: locale, and call_to_actions with question and payload',
		},
		keepOthersField,
	],
	run: async (ctx) => await setPart(ctx, 'ice_breakers', readRows(ctx)),
});
