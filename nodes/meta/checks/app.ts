import { isSpecific } from '../errors/metaError';
import { codeOf, failed, FACEBOOK, isLimit, ok, problem, warning, type Check } from './define';
import { failureOf, valueOf } from './read';

const COPY =
	'Copy App ID and App secret anew from App settings > Basic in the App Dashboard into the credential, then connect again';

/** Do App ID and app secret fit each other and the token? The same secret checks the signature of webhooks. */
export const app: Check = {
	check: 'app',
	name: 'Meta App',
	kinds: FACEBOOK,
	run: ({ login, token }) => {
		if (!login.hasApp) {
			return warning(
				'The credential has no App ID or no App Secret',
				'Fill in both: without them a user token is not prolonged, and the Instagram Trigger can check no webhook',
			);
		}
		const refused = failureOf(token);
		if (refused?.facts.error && isSpecific(refused.facts.error)) return failed(refused);
		if (refused && codeOf(refused) === 100)
			return problem("The token was made with another Meta app than the one of the credential's App ID", COPY);
		if (refused && (isLimit(refused) || codeOf(refused) === undefined)) return failed(refused);
		if (refused) return problem('Meta does not accept the App ID together with the App Secret', COPY);
		const { application, app_id } = valueOf(token) ?? {};
		if (app_id !== undefined && String(app_id) !== login.appId)
			return problem("The token was made with another Meta app than the one of the credential's App ID", COPY);
		return ok(`App ID and App Secret fit${application ? ` the app "${application}"` : ''}`);
	},
};
