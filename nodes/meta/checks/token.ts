import { explain, isUnclear } from '../errors/metaError';
import { inWordsOf } from '../errors/advice';
import {
	codeOf,
	failed,
	isLimit,
	lacksRole,
	notChecked,
	ok,
	problem,
	warning,
	type Check,
	type Finding,
} from './define';
import { DAY_MS, dayOf } from '../time';
import { failureOf, valueOf } from './read';
import type { Facts } from './facts';

/** Kinds of token in the words of the report, by Meta's `type` or, where Meta does not tell, by the kind of login. */
const TOKEN_KINDS: Record<string, { kind: string; words: string }> = {
	USER: { kind: 'user', words: 'user token' },
	SYSTEM_USER: { kind: 'systemUser', words: 'system user token' },
	PAGE: { kind: 'page', words: 'Page token' },
	facebookUser: { kind: 'user', words: 'user token' },
	facebookPage: { kind: 'page', words: 'Page token' },
	instagram: { kind: 'instagram', words: 'token of Instagram Login' },
};

/** What kind of token it is, in words. */
export function tokenKindOf({ token, login }: Facts) {
	return TOKEN_KINDS[valueOf(token)?.type ?? ''] ?? TOKEN_KINDS[login.kind];
}

/** Milliseconds since 1970; 0 = never, `undefined` = nobody knows. Meta's word counts more than what n8n noted down. */
export function endOf({ token, stored }: Facts): number | undefined {
	const said = valueOf(token)?.expires_at;
	return said === undefined ? stored.endsAt : said * 1000;
}

/** A login that is in use is renewed weekly: one that has so little left was refused for a while. */
const LATE_MS = 30 * DAY_MS;

/** What ends a token early, or that it lives on by itself. */
function judgeEnd(facts: Facts): Finding {
	const { now, stored, login } = facts;
	if (stored.unstored) return warning(stored.unstored.message, stored.unstored.fix);
	const name = `The ${tokenKindOf(facts).words} is valid`;
	const end = endOf(facts);
	if (end === 0) return ok(`${name} and has no end`);
	if (end === undefined) return ok(`${name}. Its end is not known`);
	if (stored.renews && stored.unextendedAt !== undefined)
		return warning(
			`${name} until ${dayOf(end)}. Meta renews it without giving it more time`,
			inWordsOf(login.advice, 'Before that day, {again}'),
		);
	const isYoung = login.kind === 'instagram' && now - (stored.renewedAt ?? 0) < DAY_MS;
	if (stored.renews && isYoung)
		return ok(
			`${name}. Meta renews tokens of Instagram Login after their first day; the node tries again tomorrow, when a workflow uses it`,
		);
	if (stored.renews && end - now > LATE_MS) {
		return ok(`${name} until ${dayOf(end)}. The node renews it by itself once a week when a workflow uses it`);
	}
	if (stored.renews)
		return warning(
			`${name} until ${dayOf(end)}, and Meta has not renewed it so far`,
			`Open the credential in n8n and connect again (or paste a new token) before ${dayOf(end)}`,
		);
	const fix =
		login.kind === 'facebookPage'
			? 'Make a Page token from a long-lived user token or for a system user: it has no end'
			: 'Fill in App ID and App Secret of its app in the credential: the node then prolongs it. Or use a system user token';
	return warning(`${name} until ${dayOf(end)}, and nothing renews it`, fix);
}

/** Is the token alive, and how long? */
export const tokenValid: Check = {
	check: 'tokenValid',
	name: 'Token',
	// With a wrong secret every call is refused for its proof.
	follows: ['app'],
	run: (facts) => {
		const dead = valueOf(facts.token);
		if (dead?.is_valid === false) {
			const { code = 190, subcode } = dead.error ?? {};
			const row = explain({ code, error_subcode: subcode });
			return problem(
				row?.message ?? 'Meta does not accept this access token',
				inWordsOf(facts.login.advice, row?.fix ?? '{reconnect}'),
			);
		}
		const refused = failureOf(facts.me);
		// That is about the app and the person, not about the token: the check of the app's mode speaks of it.
		if (!refused || lacksRole(refused, facts.login.kind)) return judgeEnd(facts);
		if (codeOf(refused) === 100) {
			return problem(
				'Meta wants each call of this app to carry a proof of the app secret, and does not find a fitting one',
				'Check that the app secret in the credential is the one of this app. Or switch off App settings > Advanced > Security > Require app secret in the App Dashboard',
			);
		}
		if (isLimit(refused)) return failed(refused);
		if (dead?.is_valid)
			return isUnclear(refused.facts)
				? notChecked(refused.message, refused.description ?? '')
				: problem(refused.message, refused.description ?? '');
		return problem(refused.message, refused.description ?? '');
	},
};
