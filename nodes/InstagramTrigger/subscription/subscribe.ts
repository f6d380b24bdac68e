import type { IHookFunctions } from 'n8n-workflow';
import type { Connection } from '../../meta/connection';
import type { Account } from '../../meta/accounts';
import { openApp } from '../../meta/webhooks/openApp';
import * as meta from '../../meta/webhooks/subscriptions';
import type { WebhookLogin } from '../../meta/webhooks/fields';
import { ownerOf, type Addresses } from '../address/addresses';
import { readers } from '../events';
import type { EventReader } from '../events/define';
import { askForCopies } from '../delivery/liveCopies';
import { isDeserted } from '../address/ownAddress';
import {
	checkAccounts,
	checkApp,
	checkCallbacksOnly,
	checkManual,
	checkSecret,
	foreignCallback,
	liveCallback,
} from './refusals';

/** What a trigger needs at Meta: the app's callback with these fields, and the app on these accounts. */
export type Wanted = {
	addresses: Addresses;
	events: string[];
	includeEchoes: boolean;
	/** While the editor listens: leave the callback to the active workflow, and get copies of what it receives. */
	copyLiveEvents: boolean;
	accounts: Account[];
	/** IDs that were chosen in vain. */
	unknown: string[];
	automatic: boolean;
	login: WebhookLogin;
};

/** What is missing at Meta. Only this is written, so that nothing of others is touched. */
type Gap = {
	/** `app` speaks for the app. */
	callback?: { app: Connection; url: string; fields: string[] };
	/** `present`: what the account has, fields of others included. */
	accounts: Array<{ account: Account; present: string[] }>;
};

/** Some fields are offered by one login only; with the other one Meta refuses the whole subscription. */
function wantedReaders({ events, includeEchoes, login }: Wanted): EventReader[] {
	const isOffered = ({ onlyWith = login }: EventReader) => onlyWith === login;
	return readers
		.filter(isOffered)
		.filter(({ event, optional }) => events.includes(event) || (optional === true && includeEchoes));
}

const appFields = (wanted: Wanted): string[] => [...new Set(wantedReaders(wanted).map(({ field }) => field))];

const accountFieldOf = ({ field, pageField }: EventReader, login: WebhookLogin): string =>
	login === 'facebook' ? pageField : field;

const accountFields = (wanted: Wanted): string[] => [
	...new Set(wantedReaders(wanted).map((reader) => accountFieldOf(reader, wanted.login))),
];

/** The address that the callback shall have: that of the active workflow, while the editor only gets copies. */
async function callbackUrl(
	n8n: IHookFunctions,
	connection: Connection,
	wanted: Wanted,
	present: string | undefined,
): Promise<string> {
	const { addresses, copyLiveEvents } = wanted;
	const owner = ownerOf(present, addresses);
	if (owner === 'other' || owner === 'moved') throw foreignCallback(n8n, present as string, owner);
	if (owner === 'neighbour')
		throw foreignCallback(n8n, present as string, (await isDeserted(n8n, present as string)) ? 'deserted' : 'other');
	if (owner !== 'sibling' || !addresses.isTest) return addresses.url;
	if (!copyLiveEvents) throw liveCallback(n8n);
	// Nobody answers there when the workflow is not active any more: then the callback is a leftover.
	const isActive = await askForCopies(n8n, connection, present as string, addresses.url);
	return isActive ? (present as string) : addresses.url;
}

async function callbackGap(n8n: IHookFunctions, connection: Connection, wanted: Wanted): Promise<Gap['callback']> {
	const app = checkApp(n8n, connection, await openApp(n8n, connection));
	const present = await meta.readCallback(n8n, app);
	const url = await callbackUrl(n8n, connection, wanted, present?.url);
	const fields = appFields(wanted);
	const isThere = present?.url === url && present.isActive && meta.lacking(fields, present.fields).length === 0;
	return isThere ? undefined : { app, url, fields: meta.union(present?.fields ?? [], fields) };
}

/** Compares what the trigger wants with what Meta has. @throws NodeOperationError when the callback is somebody else's */
async function findGap(n8n: IHookFunctions, connection: Connection, wanted: Wanted): Promise<Gap> {
	const gap: Gap = { accounts: [] };
	if (appFields(wanted).length === 0) return gap;
	if (wanted.automatic) gap.callback = await callbackGap(n8n, connection, wanted);
	for (const account of wanted.accounts) {
		const present = await meta.readAccountFields(n8n, connection, account);
		if (meta.lacking(accountFields(wanted), present).length > 0) gap.accounts.push({ account, present });
	}
	return gap;
}

/**
 * Whether Meta delivers everything to this trigger already.
 * @throws NodeOperationError when the app's only callback belongs to somebody else, an account is out of
 *   reach, or the credential lacks what the set-up needs
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export async function isSubscribed(n8n: IHookFunctions, connection: Connection, wanted: Wanted): Promise<boolean> {
	if (appFields(wanted).length === 0) {
		// Deauthorizations and deletion requests are set up in the App Dashboard: there is nothing to subscribe for them.
		checkCallbacksOnly(n8n, wanted);
		checkSecret(n8n, connection);
		return true;
	}
	checkAccounts(n8n, wanted);
	if (!wanted.automatic) checkManual(n8n, connection);
	if (!wanted.automatic && wanted.copyLiveEvents && wanted.addresses.production) {
		await askForCopies(n8n, connection, wanted.addresses.production, wanted.addresses.url);
	}
	const { callback, accounts } = await findGap(n8n, connection, wanted);
	return !callback && accounts.length === 0;
}

/** A trigger has no hints: the log says which fields Meta does not know, and which of the chosen events need them. */
function warnOfLeftOut(n8n: IHookFunctions, wanted: Wanted, { username }: Account, leftOut: string[]): void {
	if (leftOut.length === 0) return;
	const isLost = (reader: EventReader) => leftOut.includes(accountFieldOf(reader, wanted.login));
	const lost = wantedReaders(wanted).filter(isLost);
	const events = lost.length > 0 ? ` These events will not arrive: ${lost.map(({ name }) => name).join(', ')}.` : '';
	n8n.logger.warn(
		`${n8n.getNode().name}: @${username} is subscribed without ${leftOut.join(', ')}, because Meta does not know it.${events}`,
	);
}

/**
 * Subscribes what is missing: the app's callback (Meta checks it with a challenge while this call runs), then each
 * account. Fields that others subscribed stay; those that Meta does not know are left out, and the log names them.
 * @throws MetaError when Meta refuses, for example because it cannot reach the callback
 */
export async function subscribe(n8n: IHookFunctions, connection: Connection, wanted: Wanted): Promise<void> {
	const { callback, accounts } = await findGap(n8n, connection, wanted);
	if (callback) await meta.writeCallback(n8n, callback.app, callback.url, callback.fields);
	for (const { account, present } of accounts) {
		const { leftOut } = await meta.addAccountFields(n8n, connection, account, present, accountFields(wanted));
		warnOfLeftOut(n8n, wanted, account, leftOut);
	}
}

/**
 * Takes the app's callback back if it is this trigger's. Accounts stay subscribed: other uses of the app may rely on
 * that, and without a callback nothing is delivered.
 */
export async function unsubscribe(n8n: IHookFunctions, connection: Connection, url: string): Promise<void> {
	const { app } = await openApp(n8n, connection);
	// What could not be set up automatically must not keep the workflow from being switched off.
	if (!app) return;
	const callback = await meta.readCallback(n8n, app);
	if (callback?.url === url) await meta.removeCallback(n8n, app);
}
