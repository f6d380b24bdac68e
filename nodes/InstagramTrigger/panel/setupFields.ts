import type { INodeProperties } from 'n8n-workflow';
import { appCallbacks } from '../appCallbacks/define';

/** A list in a notice: the editor strips line breaks and bold from notices, but no lists and links. */
export function listed(entries: string[]): string {
	return `<ul>${entries.map((entry) => `<li>${entry}</li>`).join('')}</ul>`;
}

const whereToEnter = `Activate the workflow first. Then, in the Meta App Dashboard, enter the Production URLs above that end with /deauthorize and /deletion:${listed(
	[
		'Facebook Login: Deauthorize callback URL and Data deletion request URL stand in Facebook Login for Business > Settings; the latter also in App settings > Basic > User data deletion',
		'Instagram Login: both stand in Instagram > API setup with Instagram login > Business login settings',
	],
)}`;

/** Shown as soon as one of the events is chosen that come to addresses of their own. */
export const appCallbackNotice: INodeProperties = {
	displayName: whereToEnter,
	name: 'appCallbackNotice',
	type: 'notice',
	displayOptions: { show: { events: appCallbacks.map(({ event }) => event) } },
	default: '',
};

/** Options about the addresses of the trigger. */
export const lifecycleOptions: INodeProperties[] = [
	{
		displayName: 'Copy Live Events to Test',
		name: 'copyLiveEvents',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether you can listen for a test event while the workflow is active. The active workflow goes on getting every event; the editor gets copies of those that arrive while it listens, so nodes behind the trigger run for both, and a person may be answered twice. With several webhook processes of n8n, only one of them sends copies.',
	},
	{
		displayName: 'Deletion Status Page',
		name: 'deletionStatusPage',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. https://example.com/data-deletion',
		description:
			'Address that Meta shows to a person who asked that their data be deleted; the confirmation code is added as "code". If left empty, a plain page of this trigger is used.',
	},
];
