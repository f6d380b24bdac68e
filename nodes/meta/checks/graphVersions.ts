/**
 * Last day of each Graph API version; `undefined` = Meta has not named one yet.
 * @see https://developers.facebook.com/docs/graph-api/changelog/versions (read in September 2026)
 */
export const GRAPH_VERSION_ENDS: Record<string, string | undefined> = {
	'v26.0': undefined,
	'v25.0': '2028-07-29',
	'v24.0': '2028-02-18',
	'v23.0': '2027-10-08',
	'v22.0': '2027-05-20',
	'v21.0': '2027-01-21',
	'v20.0': '2026-09-24',
	'v19.0': '2026-05-21',
	'v18.0': '2026-01-26',
};
