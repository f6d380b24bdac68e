import type { IDataObject } from 'n8n-workflow';
import { reader } from './define';
import { isMessaging } from './shared/occurrence';
import { id, list, ownObject, text, texts } from './shared/shape';
import { isObject } from './shared/values';

const ACTIONS: Record<string, string> = {
	pass_thread_control: 'pass',
	take_thread_control: 'take',
	request_thread_control: 'request',
	app_roles: 'appRoles',
};
const keyIn = (body: IDataObject): string => Object.keys(ACTIONS).find((key) => isObject(body[key])) ?? '';
const control = (key: string) => (body: IDataObject) => (body[keyIn(body)] as IDataObject | undefined)?.[key];

const rolesIn = ({ app_roles }: IDataObject): unknown =>
	isObject(app_roles) ? Object.entries(app_roles).map(([appId, roles]) => ({ appId, roles })) : [];

/** @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_handovers */
export const handover = reader({
	event: 'handover',
	name: 'Handover',
	description: 'Another app or the inbox handed a conversation over, took it, or asks for it',
	field: 'messaging_handover',
	output: {
		handover: ownObject((body) => body, 'What happened to the conversation', {
			action: text(
				(body) => ACTIONS[keyIn(body)],
				'`pass`, `take`, `request`, or `appRoles` when the roles of apps changed',
			),
			previousOwnerAppId: id(control('previous_owner_app_id'), 'App that had the conversation'),
			newOwnerAppId: id(
				control('new_owner_app_id'),
				'App that has it now; 1217981644879628 is the inbox of Instagram, 263902037430900 that of the Page',
			),
			requestedOwnerAppId: id(control('requested_owner_app_id'), 'App that asks for it'),
			metadata: text(control('metadata'), 'What the other app says about it'),
			appRoles: list(rolesIn, 'Roles of apps', {
				appId: id('appId', 'The app'),
				roles: texts('roles', '`primary_receiver`, `secondary_receiver`'),
			}),
		}),
	},
	reads: isMessaging(...Object.keys(ACTIONS)),
});
