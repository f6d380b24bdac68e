import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import type { Connection } from '../../meta/connection';
import type { Account } from '../../meta/accounts';
import type { AppAccess } from '../../meta/webhooks/openApp';
import { appCallbacks } from '../appCallbacks/define';
import { problem } from '../../shared/refusal';

const CHOOSE_OTHERS = 'Choose others under Accounts, or connect the credential again and tick their Pages.';

/** A trigger that listens to nobody, or not to everybody who was chosen, would miss events in silence. */
export function checkAccounts(
	n8n: IHookFunctions,
	{ accounts, unknown }: { accounts: Account[]; unknown: string[] },
): void {
	if (accounts.length === 0) {
		throw problem(
			n8n,
			'There is no account to listen to',
			`The login reaches none of the chosen Instagram accounts. ${CHOOSE_OTHERS}`,
		);
	}
	if (unknown.length > 0) {
		throw problem(n8n, `The login does not reach the chosen account ${unknown.join(', ')}`, CHOOSE_OTHERS);
	}
}

/** A trigger without events would be active and never start. */
export function checkCallbacksOnly(n8n: IHookFunctions, { events }: { events: string[] }): void {
	if (appCallbacks.some(({ event }) => events.includes(event))) return;
	throw problem(
		n8n,
		'There is no event to listen to',
		'Choose at least one under Events; some exist with Facebook Login only.',
	);
}

/** Without the app secret, anybody could send events. */
export function checkSecret(n8n: IHookFunctions, { appSecret }: Connection): void {
	if (appSecret !== '') return;
	throw problem(
		n8n,
		'The credential lacks the app secret',
		'Fill it in: without it nobody can tell whether a webhook comes from Meta.',
	);
}

/** With a set-up by hand, the person needs a verify token to copy, and the trigger a secret to check with. */
export function checkManual(n8n: IHookFunctions, connection: Connection): void {
	checkSecret(n8n, connection);
	if (connection.hasOwnVerifyToken) return;
	throw problem(
		n8n,
		'The credential lacks a Webhook Verify Token',
		'Enter any text of your choice there, and the same text in the App Dashboard.',
	);
}

const BY_HAND =
	'Set "Setup" of the trigger to Manual and enter its URL in the App Dashboard, under Instagram > API setup with Instagram login > Configure webhooks. The account itself is subscribed for you.';

/**
 * The automatic set-up speaks for the app, so it needs the app's own credentials.
 * @returns what speaks for the app
 */
export function checkApp(n8n: IHookFunctions, { credentialType, kind }: Connection, access: AppAccess): Connection {
	if (access.app) return access.app;
	if (kind !== 'instagram') {
		throw problem(
			n8n,
			'The credential lacks the App ID or the app secret',
			'Fill in both: the automatic set-up of the webhook needs them. Or set "Setup" to Manual.',
		);
	}
	if (access.refusal === undefined && credentialType === 'instagramLoginOAuth2Api') {
		throw problem(
			n8n,
			'The credential lacks the Meta App ID or the Meta App Secret',
			`Fill in both: the automatic set-up of the webhook needs them. Or: ${BY_HAND}`,
		);
	}
	throw problem(
		n8n,
		'Meta does not let Instagram Login apps be set up automatically',
		access.refusal === undefined
			? BY_HAND
			: `${BY_HAND} Or check Meta App ID and Meta App Secret in the credential: Meta refused them with "${access.refusal}".`,
	);
}

const TAKE_AWAY = 'take it away with the Instagram node (Webhook: Unsubscribe, Remove App Callback)';

const WAYS_OUT = {
	moved: `That is this trigger under another address. If n8n has moved and nothing listens there any more, ${TAKE_AWAY}. If a copy of this workflow listens there, use another Meta app here.`,
	deserted: `That is an address of this n8n, and nothing answers there: its workflow is deleted or not active. If nobody needs it any more, ${TAKE_AWAY} and activate this workflow again. Otherwise use another Meta app here.`,
	other: `Deactivate the workflow (or other system) that uses it, use one trigger for all accounts, or use another Meta app. If nothing listens there any more, ${TAKE_AWAY}.`,
};

/** The app's callback belongs to another system or workflow, or to this trigger elsewhere. */
export function foreignCallback(n8n: IHookFunctions, url: string, owner: keyof typeof WAYS_OUT): NodeOperationError {
	return problem(
		n8n,
		'This Meta app already sends its Instagram events somewhere else',
		`They go to ${url}. Meta allows one address per app, and this trigger does not take it over. ${WAYS_OUT[owner]}`,
	);
}

/** The editor listens, but Meta's one address is that of the active workflow. */
export function liveCallback(n8n: IHookFunctions) {
	return problem(
		n8n,
		'This workflow is active and gets the events of the Meta app',
		'Meta allows one address per app, and listening here would cut the active workflow off. Switch on "Copy Live Events to Test" under Options to get copies of what it receives, or work with the data of one of its executions. If the workflow is not active, activate and deactivate it once: that clears the address.',
	);
}
