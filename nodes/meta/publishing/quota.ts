import type { IDataObject } from 'n8n-workflow';
import { MetaError } from '../errors/metaError';
import type { PublishContext } from './wait';
import { graphPath } from '../graph/path';

/** Posts of the last 24 hours and how many Meta allows; `total` is absent where Meta does not tell. */
export type Quota = { used: number; total?: number };

/** Meta's number for a publishing limit that is used up. */
const LIMIT_CODE = 9;

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit */
export async function readQuota({ accountId, graph }: PublishContext): Promise<Quota> {
	const answer = await graph({
		method: 'GET',
		path: graphPath`/${accountId}/content_publishing_limit`,
		query: { fields: 'config,quota_usage' },
	});
	const [row = {}] = (answer.data ?? []) as IDataObject[];
	const total = (row.config as IDataObject | undefined)?.quota_total;
	return { used: Number(row.quota_usage ?? 0), ...(total === undefined ? {} : { total: Number(total) }) };
}

/** True when Meta refused a post because the account's limit for 24 hours is used up. */
export function isOverLimit(error: unknown): error is MetaError {
	return error instanceof MetaError && error.facts.error?.code === LIMIT_CODE;
}

const usedText = ({ used, total }: Quota): string =>
	`${used} of ${total ?? 'an unknown number of'} posts of the last 24 hours are used.`;

/** The error of an item that is not even begun, because there is no room for it. */
export function noRoom(fail: PublishContext['fail'], quota: Quota): Error {
	return fail(
		"The account's publishing limit for 24 hours is used up",
		`Nothing was published, and no container was made. ${usedText(quota)} Publish again when the oldest of them is a day old.`,
	);
}

/** Adds to Meta's refusal how much of the limit is used, which the refusal itself does not say. */
export async function withUsage(publishing: PublishContext, error: MetaError): Promise<MetaError> {
	const quota = await readQuota(publishing).catch(() => undefined);
	if (quota) error.description = `${usedText(quota)} ${error.description ?? ''}`.trim();
	return error;
}
