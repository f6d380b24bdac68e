import type { IDataObject } from 'n8n-workflow';
import { errorNumberIn } from '../../../meta/publishing/errors';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { metaId } from '../shared/metaId';
import { containerIdField } from './publishing/types';
import { graphPath } from '../../../meta/graph/path';

const CONTAINER_FIELDS = 'id,status_code,status,copyright_check_status,video_status';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container */
export const getContainer = operation({
	value: 'getContainer',
	name: 'Get Container',
	action: 'Get the status of a media container',
	description:
		'Read how far Instagram is with a container: IN_PROGRESS, FINISHED (ready to publish), PUBLISHED, ERROR or EXPIRED (after 24 hours), and what its copyright check found. Meta asks for at most one look a minute.',
	fields: [containerIdField, simplify],
	run: async ({ fail, graph, param }) => {
		const id = metaId({ fail, param }, 'containerId', 'Container ID');
		const container = await graph({
			method: 'GET',
			path: graphPath`/${id}`,
			query: { fields: CONTAINER_FIELDS },
		});
		if (!param('simplify', true)) return container;
		const copyright = (container.copyright_check_status ?? {}) as IDataObject;
		const upload = ((container.video_status as IDataObject | undefined)?.uploading_phase ?? {}) as IDataObject;
		return {
			containerId: container.id ?? id,
			statusCode: container.status_code ?? null,
			status: container.status ?? null,
			isReady: container.status_code === 'FINISHED',
			errorNumber: container.status_code === 'ERROR' ? (errorNumberIn(container.status) ?? null) : null,
			copyrightCheck: copyright.status ?? null,
			copyrightMatches: copyright.matches_found ?? null,
			uploadStatus: upload.status ?? null,
			uploadedBytes: upload.bytes_transferred ?? upload.bytes_transfered ?? null,
		};
	},
});
