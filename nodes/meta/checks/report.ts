import { checks } from './index';
import { notChecked, type CheckRow, type Status } from './define';
import { valueOf } from './read';
import type { Facts } from './facts';
import { grantedScopes, refusedScopes } from './permissions';
import { endOf, tokenKindOf } from './token';

/** What Check Connection puts out. */
export type Report = {
	status: Exclude<Status, 'notChecked'>;
	summary: string;
	account: Record<string, string | null> | null;
	login: Record<string, unknown>;
	checks: CheckRow[];
};

/** Runs the checks. What follows from another problem is named once, where it comes from. */
export function runChecks(facts: Facts): CheckRow[] {
	const applying = checks.filter(({ kinds }) => !kinds || kinds.includes(facts.login.kind));
	const rows = applying.map(({ check, name, run }): CheckRow => ({ check, name, ...run(facts) }));
	const problems = new Map(rows.filter(({ status }) => status === 'problem').map(({ check, name }) => [check, name]));
	return rows.map((row, index) => {
		const cause = (applying[index].follows ?? []).find((name) => problems.has(name));
		if (cause === undefined || row.status === 'ok') return row;
		return {
			check: row.check,
			name: row.name,
			...notChecked(`This depends on "${problems.get(cause) ?? cause}"`, 'Mend that first, then check again'),
		};
	});
}

const isoOf = (ms: number | undefined): string | null => (ms ? new Date(ms).toISOString() : null);
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

function summarise(rows: CheckRow[], who: string): string {
	const problems = rows.filter(({ status }) => status === 'problem');
	const warnings = rows.filter(({ status }) => status === 'warning');
	const [first] = [...problems, ...warnings];
	if (!first) return `The login works for ${who}. Nothing needs to be done.`;
	const found = [
		problems.length > 0 ? count(problems.length, 'problem') : '',
		warnings.length > 0 ? count(warnings.length, 'warning') : '',
	];
	return `${found.filter(Boolean).join(' and ')}. ${problems.length > 0 ? 'Start with' : 'See'} ${first.name}: ${first.message}`;
}

/** The whole report as one item. It holds no token and no secret: the facts have none. */
export function reportOf(facts: Facts): Report {
	const rows = runChecks(facts);
	const has = (status: Status) => rows.some((row) => row.status === status);
	const { account, login, token } = facts;
	const { application, issued_at, data_access_expires_at } = valueOf(token) ?? {};
	const end = endOf(facts);
	const seconds = (time: number | undefined) => isoOf(time && time * 1000);
	return {
		status: has('problem') ? 'problem' : has('warning') ? 'warning' : 'ok',
		summary: summarise(rows, account?.username ? `@${account.username}` : (account?.id ?? 'no account')),
		account: account
			? {
					id: account.id,
					username: account.username,
					name: account.name,
					pageId: account.pageId ?? null,
					pageName: account.pageName ?? null,
				}
			: null,
		login: {
			credential: login.credentialType,
			tokenKind: tokenKindOf(facts).kind,
			appId: login.appId || null,
			appName: application ?? null,
			issuedAt: seconds(issued_at),
			expiresAt: isoOf(end),
			neverExpires: end === undefined ? null : end === 0,
			dataAccessExpiresAt: seconds(data_access_expires_at),
			scopes: [...(grantedScopes(facts) ?? [])].sort(),
			declinedScopes: refusedScopes(facts).sort(),
		},
		checks: rows,
	};
}
