import { originOf } from './address';
import { failed, FACEBOOK, notChecked, ok, problem, warning, type Check } from './define';
import { failureOf, valueOf } from './read';
import type { AppWebhook, Facts } from './facts';
import { isWanted } from './permissions';

/** The app's one address for Instagram events; `undefined` when there is none or Meta does not tell. */
export function callbackOf({ webhooks }: Facts): AppWebhook | undefined {
	return (valueOf(webhooks) ?? []).find(({ object, callback_url }) => object === 'instagram' && callback_url);
}

/** Whether an address is one of this n8n. */
export function isOurs({ addresses }: Facts, url: string): boolean {
	return [addresses.webhooks, addresses.editor].map(originOf).includes(originOf(url));
}

/** Names of the fields that an address gets. */
export function namesOf({ fields = [] }: AppWebhook): string[] {
	return fields.map((field) => (typeof field === 'string' ? field : field.name));
}

/** The address without what may be secret in it. */
const shown = (url: string): string => url.replace(/[?#].*$/, '');

/**
 * Where does Meta send the app's events, and which?
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export const webhook: Check = {
	check: 'webhook',
	name: 'Webhook of the App',
	kinds: FACEBOOK,
	follows: ['app'],
	run: (facts) => {
		if (!isWanted(facts, 'messaging') && !isWanted(facts, 'comments'))
			return notChecked('Neither messages nor comments are part of this login');
		const refused = failureOf(facts.webhooks);
		if (refused) return failed(refused);
		if (!facts.webhooks)
			return notChecked(
				'Meta tells the address for events to the app only',
				'Fill in App ID and App Secret in the credential to see it',
			);
		const callback = callbackOf(facts);
		const url = callback?.callback_url ?? '';
		if (!callback)
			return warning(
				'The app has no address for Instagram events, so no Instagram Trigger gets any',
				'Activate a workflow with the Instagram Trigger: it sets the address by itself. If you use no trigger, ignore this',
			);
		if (callback.active === false)
			return problem(
				`Meta has switched off the delivery to ${shown(url)}`,
				'Deactivate the workflow with the Instagram Trigger and activate it again',
			);
		if (!isOurs(facts, url)) {
			return warning(
				`Meta sends the app's events to ${shown(url)}, not to this n8n`,
				'Meta keeps one address per app. If a trigger of this n8n should get the events, switch off what uses that address and activate the workflow again, or use another Meta app',
			);
		}
		if (url.includes('/webhook-test/'))
			return warning(
				"Meta sends the app's events to n8n's test address, which listens only while the editor waits",
				'Activate the workflow: the trigger then sets its production address',
			);
		return ok(
			`Meta sends ${namesOf(callback).join(', ')} to this n8n. A trigger for further events adds their fields when it is activated`,
		);
	},
};
