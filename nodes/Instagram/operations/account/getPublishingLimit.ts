import type { IDataObject } from 'n8n-workflow';
import { rowsOf } from '../../../meta/graph/list';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit */
export const getPublishingLimit = operation({
	value: 'getPublishingLimit',
	name: 'Get Publishing Limit',
	action: 'Get the publishing limit of an account',
	description:
		'Read how many posts the account has published through the API within the last 24 hours, and how many more Meta takes. A carousel counts once.',
	fields: [simplify],
	run: async ({ account, graph, param }) => {
		const answer = await graph({
			method: 'GET',
			path: graphPath`/${account().id}/content_publishing_limit`,
			query: { fields: 'quota_usage,config' },
		});
		const [limit = {}] = rowsOf(answer);
		if (!param('simplify', true)) return limit;
		const { quota_total: total, quota_duration: seconds } = (limit.config ?? {}) as IDataObject;
		const used = Number(limit.quota_usage ?? 0);
		return {
			used,
			total: total ?? null,
			remaining: total === undefined ? null : Math.max(0, Number(total) - used),
			hours: seconds === undefined ? null : Number(seconds) / 3600,
		};
	},
});
