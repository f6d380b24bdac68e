import { DAY_MS } from '../../world/clock.mts';
import { containersExhausted, containerStatus, publishContainer, quotaUsage } from '../../world/media.mts';
import type { Account } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import { createContainer } from '../publishing/containers.mts';
import { uploadUrl } from '../publishing/uploadRules.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam, publishingError } from '../engine/errors.mts';
import { containerNode } from '../nodes/container.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'instagram_content_publish'];

const checkUnrestricted = (account: Account): void => {
	if (account.restricted) throw publishingError(25, 2207050, 'The account is restricted; its owner has to log in');
};

const publish = (call: Call, account: Account): unknown => {
	checkUnrestricted(account);
	const { world } = call;
	const container = world.containers.get(String(call.params.creation_id));
	if (!container || container.account !== account || container.published) {
		throw publishingError(24, 2207006, 'The media to publish was not found');
	}
	if (container.isCarouselItem) throw invalidParam('A carousel item cannot be published by itself');
	const status = containerStatus(world, container);
	if (status === 'EXPIRED') throw publishingError(-2, 2207020, 'The media has expired');
	if (status !== 'FINISHED' || container.children.some((child) => containerStatus(world, child) !== 'FINISHED')) {
		throw publishingError(9007, 2207027, 'The media is not ready to be published');
	}
	if (quotaUsage(world, account) >= account.quotaTotal) {
		throw publishingError(9, 2207042, 'The account has reached its number of posts per day');
	}
	for (const child of container.children) child.published = true;
	return { id: publishContainer(world, container).id };
};

const limitNode: NodeType<{ account: Account; since: number }> = {
	name: 'ContentPublishingLimitResponse',
	defaults: ['quota_usage'],
	fields: {
		quota_usage: ({ account, since }, { call }) => quotaUsage(call.world, account, since),
		config: {
			nested: true,
			read: ({ account }) => ({ quota_total: account.quotaTotal, quota_duration: DAY_MS / 1000 }),
		},
	},
};

const limit = async (call: Call, account: Account): Promise<unknown> => {
	const dayAgo = call.world.clock.now() - DAY_MS;
	const since = (call.params.since as number | undefined) ?? dayAgo;
	if (since < dayAgo - 60_000) throw invalidParam('Param since must lie within the last 24 hours');
	return { data: [await selectNode(limitNode, { account, since }, call.fields, call)] };
};

/**
 * Content publishing. A user or Page token of the account.
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing
 */
export const publishingEndpoints: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: 'media',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: {
			image_url: 'string',
			video_url: 'string',
			media_type: 'string',
			is_carousel_item: 'bool',
			children: 'list',
			caption: 'string',
			location_id: 'string',
			user_tags: 'list',
			collaborators: 'list',
			product_tags: 'list',
			alt_text: 'string',
			cover_url: 'string',
			thumb_offset: 'int',
			share_to_feed: 'bool',
			audio_name: 'string',
			trial_params: 'object',
			upload_type: 'string',
			branded_content_sponsor_ids: 'list',
			is_paid_partnership: 'bool',
			is_ai_generated: 'bool',
			audio_configuration: 'object',
		},
		run: async (call, account) => {
			checkUnrestricted(account);
			if (containersExhausted(call.world, account)) {
				throw publishingError(9, 2207042, 'The account has reached its number of containers per day');
			}
			const { id, upload } = await createContainer(call, account);
			return { id, ...(upload && { uri: uploadUrl(call.world, call.version, id) }) };
		},
	}),
	endpoint({
		on: 'account',
		edge: 'media_publish',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { creation_id: 'string!' },
		run: publish,
	}),
	endpoint({
		on: 'account',
		edge: 'content_publishing_limit',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: { since: 'datetime' },
		run: limit,
	}),
	endpoint({
		on: 'container',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, container) => selectNode(containerNode, container, call.fields, call),
	}),
];
