import { control, metadataOf, metadataOption } from './shared/control';
import { operation } from '../define';
import { personField } from '../shared/personField';

/** Meta's own inboxes, which are apps to this API. */
const INBOXES: Record<string, string> = { instagramInbox: '1217981644879628', pageInbox: '263902037430900' };

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const passControl = operation({
	value: 'passControl',
	name: 'Pass Control',
	action: 'Pass a conversation to another app or inbox',
	description:
		'Hand a conversation over to a person at an inbox or to another app, which answers from then on. Works while this app controls it, or nobody does. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		personField,
		{
			displayName: 'Pass To',
			name: 'target',
			type: 'options',
			default: 'instagramInbox',
			description: 'Who answers next',
			options: [
				{
					name: 'Default App',
					value: 'default',
					description: 'The app that the Page settings name; needs Conversation Routing',
				},
				{ name: 'Instagram Inbox', value: 'instagramInbox', description: 'People who answer in the Instagram app' },
				{ name: 'Other App', value: 'app', description: 'An app that is connected to the same Page, by its ID' },
				{ name: 'Page Inbox', value: 'pageInbox', description: 'People who answer in Meta Business Suite' },
			],
		},
		{
			displayName: 'App ID',
			name: 'targetAppId',
			type: 'string',
			required: true,
			displayOptions: { show: { target: ['app'] } },
			default: '',
			placeholder: 'e.g. 1278416343931139',
			description: 'ID of the Meta app that gets control',
		},
		metadataOption,
	],
	run: async (ctx) => {
		const target = ctx.param<string>('target', 'instagramInbox');
		const appId = target === 'app' ? ctx.param('targetAppId').trim() : INBOXES[target];
		const conversationWith = await control(ctx, 'pass', {
			...(appId ? { target_app_id: appId } : {}),
			...metadataOf(ctx),
		});
		return { conversationWith, passedTo: appId ?? null };
	},
});
