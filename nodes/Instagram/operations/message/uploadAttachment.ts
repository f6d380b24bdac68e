import type { MediaType } from '../../../meta/messages/files';
import { upload } from './shared/attachments';
import { operation } from '../define';
import { mediaTypeField, readFiles, sourceFields } from './shared/files';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload */
export const uploadAttachment = operation({
	value: 'uploadAttachment',
	name: 'Upload Attachment',
	action: 'Upload an attachment',
	description:
		'Give a file to Meta once and get an attachment ID, with which many messages can send it without a new upload',
	fields: [mediaTypeField, ...sourceFields(false)],
	run: async (ctx) => {
		const type = ctx.param<MediaType>('mediaType', 'image');
		const files = await readFiles(ctx, type);
		if (files.length > 1)
			throw ctx.fail(
				`There are ${files.length} files; an upload takes one`,
				'Upload them one by one, with one item each.',
			);
		return { attachmentId: await upload(ctx, type, files[0]), mediaType: type };
	},
});
