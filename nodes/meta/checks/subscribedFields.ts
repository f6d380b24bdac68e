import { accountFieldsFor, accountFieldsInWords } from '../webhooks/fields';
import { fieldsForApp, lacking, webhookLoginOf } from '../webhooks/subscriptions';
import { failed, notChecked, ok, problem, warning, type Check } from './define';
import { failureOf, valueOf } from './read';
import { checkOf, isWanted } from './permissions';
import { callbackOf, isOurs, namesOf } from './webhook';

/**
 * Does this account hand its events to the app? The second half of a subscription, beside the app's address.
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
export const subscribedFields: Check = {
	check: 'subscribedFields',
	name: 'Events of the Account',
	follows: [
		'account',
		'tokenValid',
		'appMode',
		'basePermissions',
		checkOf('messaging'),
		checkOf('comments'),
		'grantedAssets',
		'pageRole',
	],
	run: (facts) => {
		if (!isWanted(facts, 'messaging') && !isWanted(facts, 'comments'))
			return notChecked('Neither messages nor comments are part of this login');
		const refused = failureOf(facts.subscribedApps);
		if (refused) return failed(refused);
		const fields = fieldsForApp(valueOf(facts.subscribedApps) ?? [], facts.login);
		const callback = callbackOf(facts);
		const url = callback?.callback_url;
		const isHere = callback !== undefined && url !== undefined && isOurs(facts, url);
		if (fields.length > 0) {
			const login = webhookLoginOf(facts.login);
			const missing = isHere ? lacking(accountFieldsFor(namesOf(callback), login), fields) : [];
			if (missing.length === 0) return ok(`The account hands these events to the app: ${fields.join(', ')}`);
			return warning(
				`The app listens to events that this account does not hand to it: ${accountFieldsInWords(missing, login)}`,
				'Run the operation Webhook: Subscribe. It adds them, or says that Meta does not know them any more',
			);
		}
		const activate =
			'Deactivate the workflow with the Instagram Trigger and activate it again: it subscribes the account. If you use no trigger for this account, ignore this';
		if (isHere)
			return problem("The app's events go to this n8n, but this account hands none of its events to the app", activate);
		if (facts.webhooks && !url)
			return notChecked(
				'The account hands no events to the app yet. The Instagram Trigger sees to it, together with the address',
			);
		return warning('This account hands none of its events to the app, so no Instagram Trigger gets any', activate);
	},
};
