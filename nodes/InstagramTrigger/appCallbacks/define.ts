import type { IDataObject } from 'n8n-workflow';
import { isoFromWebhook } from '../../meta/time';
import type { Account } from '../../meta/accounts';

/**
 * Events that Meta does not send to the webhook but to addresses of their own, which a person enters in the App
 * Dashboard. What arrives does not tell which of the two it is: the address does.
 */
export type AppCallback = {
	/** `event` of the items; also the value of the Events field. */
	event: 'dataDeletion' | 'deauthorize';
	name: string;
	description: string;
	/** Behind the trigger's own address. */
	below: string;
};

/** @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback */
export const appCallbacks: AppCallback[] = [
	{
		event: 'deauthorize',
		name: 'App Removed',
		description:
			'Somebody removed the Meta app from their account. Enter the address that ends with /deauthorize in the App Dashboard.',
		below: '/deauthorize',
	},
	{
		event: 'dataDeletion',
		name: 'Data Deletion Requested',
		description:
			'Somebody asks that their data be deleted; Meta gets a confirmation code. Enter the address that ends with /deletion in the App Dashboard.',
		below: '/deletion',
	},
];

/** What an app callback puts out. */
export type AppCallbackItem = IDataObject & { event: string; accountId: string | null; eventId: string };

/** `user_id` is the person's ID for the app. It is an account's ID only when an account itself logged in. */
export function userIdOf({ user_id }: IDataObject): string {
	return String(user_id ?? '');
}

/**
 * The item of a signed request.
 * @param payload what Meta signed, without its signature
 * @param details the event's own object, beside the person's ID
 */
export function appCallbackItem(
	event: string,
	eventId: string,
	payload: IDataObject,
	accounts: Account[],
	details: IDataObject = {},
): AppCallbackItem {
	const userId = userIdOf(payload);
	return {
		event,
		eventId,
		accountId: accounts.find(({ id }) => id === userId)?.id ?? null,
		conversationWith: null,
		username: null,
		timestamp: isoFromWebhook(payload.issued_at),
		isEcho: false,
		isTest: false,
		[event]: { userId, ...details },
		raw: payload,
	};
}
