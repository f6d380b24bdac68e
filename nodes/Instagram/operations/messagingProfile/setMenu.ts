import type { IDataObject } from 'n8n-workflow';
import { groupByLocale, type ProfileEntry } from '../../../meta/messages/messengerProfile';
import { asList, readJsonField } from '../../../meta/input/json';
import { buttonValues, toButton } from '../shared/buttonFields';
import { operation, type RunContext } from '../define';
import { keepOthersField, localeValue, setPart } from './shared/setPart';
import { specifyField } from '../shared/specifyField';

const JSON_LABEL = 'Menu (JSON)';

function readRows({ fail, param }: RunContext): ProfileEntry[] {
	if (param<string>('specifyMenu', 'fields') === 'json') {
		return asList(
			fail,
			JSON_LABEL,
			readJsonField(fail, JSON_LABEL, param<unknown>('menuJson', '[]')),
		) as ProfileEntry[];
	}
	const rows = param<{ item?: IDataObject[] }>('menuItems', {}).item ?? [];
	return groupByLocale(rows.map((row) => ({ ...toButton(row), locale: row.locale })));
}

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/persistent-menu */
export const setMenu = operation({
	value: 'setMenu',
	name: 'Set Menu',
	action: 'Set the persistent menu',
	description:
		'Set the menu that people always find in their conversation with the account; Meta recommends up to 5 items per language',
	fields: [
		specifyField('specifyMenu', 'Menu'),
		{
			displayName: 'Menu Items',
			name: 'menuItems',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Menu Item',
			displayOptions: { show: { specifyMenu: ['fields'] } },
			default: {},
			description: 'Up to 20 items per language; the language "default" is needed',
			options: [{ displayName: 'Menu Item', name: 'item', values: [...buttonValues, localeValue] }],
		},
		{
			displayName: JSON_LABEL,
			name: 'menuJson',
			type: 'json',
			displayOptions: { show: { specifyMenu: ['json'] } },
			default:
				'[\n  { "locale": "default", "call_to_actions": [{ "type": "postback", "title": "Opening hours", "payload": "OPENING_HOURS" }] }\n]',
			description:
				'List with one object per language as Meta takes it: locale, and call_to_actions with type (postback or web_url), title, and payload or URL',
		},
		keepOthersField,
	],
	run: async (ctx) => await setPart(ctx, 'persistent_menu', readRows(ctx)),
});
