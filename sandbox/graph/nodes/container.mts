import type { ContainerStatus } from '../../world/media.mts';
import { containerStatus } from '../../world/media.mts';
import type { App } from '../../world/app.mts';
import type { Account, Container, Customer } from '../../world/types.mts';
import { cdnUrl } from '../../world/world.mts';
import { scopedIdFor } from '../../world/threads.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';

/** A customer as one account sees them (section 6.3). */
export interface Person {
	account: Account;
	customer: Customer;
}

/** Profile of a customer; the consent rule is checked by the endpoint. */
export const personNode: NodeType<Person> = {
	name: 'InstagramMessagingUser',
	defaults: ['name', 'username', 'id'],
	fields: {
		id: ({ account, customer }) => scopedIdFor(account, customer),
		name: ({ customer }) => customer.name,
		username: ({ customer }) => customer.username,
		profile_pic: ({ customer }, { call }) => cdnUrl(call.world, customer.pictureAssetId),
		follower_count: () => 42,
		is_user_follow_business: ({ account, customer }) => customer.follows.has(account.id),
		is_business_follow_user: () => false,
		is_verified_user: () => false,
	},
};

const STATUS_TEXT: Record<ContainerStatus, string> = {
	IN_PROGRESS: 'In Progress: Media is still being processed.',
	FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
	PUBLISHED: 'Published: Media has been published successfully.',
	ERROR: 'Error: Media upload has failed with error code',
	EXPIRED: 'Expired: Media was not published within 24 hours.',
};

/** How far a resumable upload is (type IGResumableVideoUploadStatus). */
const videoStatus: FieldReader<Container> = (container, { call }) => {
	const { upload, fetched } = container;
	if (!upload) return undefined;
	const status = containerStatus(call.world, container);
	const processing = { IN_PROGRESS: 'in_progress', ERROR: 'error' }[status as string] ?? 'complete';
	const uploading = upload.received > 0 ? 'in_progress' : 'not_started';
	return {
		uploading_phase: {
			status: fetched ? 'complete' : uploading,
			bytes_transferred: upload.received,
		},
		processing_phase: { status: fetched ? processing : 'not_started' },
	};
};

/** A media container (reference "IG Container", section 7.3). */
export const containerNode: NodeType<Container> = {
	name: 'ShadowIGMediaBuilder',
	defaults: ['id'],
	fields: {
		id: (container) => container.id,
		status_code: (container, { call }) => containerStatus(call.world, container),
		status: (container, { call }) => {
			const status = containerStatus(call.world, container);
			const subcode = status === 'ERROR' ? ` ${container.failureSubcode}` : '';
			return STATUS_TEXT[status] + subcode;
		},
		copyright_check_status: {
			nested: true,
			read: (container) => (container.isVideo ? { status: 'completed', matches_found: false } : undefined),
		},
		video_status: { nested: true, read: videoStatus },
	},
};

/** The app itself. */
export const appNode: NodeType<App> = {
	name: 'Application',
	defaults: ['category', 'link', 'name', 'id'],
	fields: {
		id: (app) => app.id,
		name: (app) => app.name,
		category: () => 'Business',
		link: (app) => `https://www.facebook.com/games/?app_id=${app.id}`,
	},
};
