import type { ContainerStatus } from '../../world/media.mts';
import { containerStatus } from '../../world/media.mts';
import type { Container } from '../../world/types.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';

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

/**
 * A media container.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
 */
export const containerNode: NodeType<Container> = {
	name: 'ShadowIGMediaBuilder',
	on: 'container',
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
