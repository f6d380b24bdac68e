import { GraphError, unknownPath } from './errors.mts';

/** Introduction and last day of each Graph API version (changelog, Graph API). */
const VERSIONS: Array<{ name: string; from: string; until?: string }> = [
	{ name: 'v18.0', from: '2023-09-12', until: '2026-01-26' },
	{ name: 'v19.0', from: '2024-01-23', until: '2026-05-21' },
	{ name: 'v20.0', from: '2024-05-21', until: '2026-09-24' },
	{ name: 'v21.0', from: '2024-10-02', until: '2027-01-21' },
	{ name: 'v22.0', from: '2025-01-21', until: '2027-05-20' },
	{ name: 'v23.0', from: '2025-05-29', until: '2027-10-08' },
	{ name: 'v24.0', from: '2025-10-08', until: '2028-02-18' },
	{ name: 'v25.0', from: '2026-02-18', until: '2028-07-29' },
	{ name: 'v26.0', from: '2026-07-29' },
];

/** Since this day the protocol changes of v26.0 hold for every version. */
const STRICT_PROTOCOL_SINCE = Date.parse('2026-10-27');

const isLive = (version: { from: string; until?: string }, now: number): boolean =>
	Date.parse(version.from) <= now && (version.until === undefined || now < Date.parse(version.until));

/**
 * The version that answers a call at a time (ms): a dead version is served as the oldest live one,
 * no version as the app's default; one that never existed is an unknown path (code 2500).
 */
export function servedVersion(asked: string | undefined, appDefault: string, now: number): string {
	const name = asked ?? appDefault;
	const known = VERSIONS.find((version) => version.name === name);
	if (known && isLive(known, now)) return name;
	const oldestLive = VERSIONS.find((version) => isLive(version, now));
	const number = /^v(\d+)\.\d+$/.exec(name);
	const isPast = number !== null && Number(number[1]) < 21 && Number(number[1]) > 0;
	if (oldestLive && (isPast || (known && Date.parse(known.from) <= now))) return oldestLive.name;
	throw unknownPath(`/${name}`);
}

/** Refuse what v26.0 took away: `date_format`, and `ids` at the root. */
export function refuseRetired(version: string, now: number, params: Record<string, unknown>): void {
	if (version !== 'v26.0' && now < STRICT_PROTOCOL_SINCE) return;
	for (const name of ['date_format', 'ids']) {
		if (params[name] !== undefined) {
			throw new GraphError({
				code: 100,
				message: `(#100) The parameter ${name} is no longer supported`,
			});
		}
	}
}
