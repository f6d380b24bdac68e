import { inboxOf } from '../../../meta/account';
import type { MediaType } from '../../../meta/messagesMedia';
import { mediaTypeField, readFiles, sourceFields } from '../mediaFields';
import { operation } from '../define';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload */
export const uploadAttachment = operation({
	value: 'uploadAttachment',
	name: 'Upload Attachment',
	action: 'Upload an attachment',
	description: 'Give a file to Meta once and get an attachment ID, with which many messages can send it without a new upload',
	fields: [mediaTypeField, ...sourceFields(false)],
	run: async (ctx) => {
		const type = ctx.param<MediaType>('mediaType', 'image');
		const files = readFiles(ctx, type);
		if (files.length > 1) throw ctx.fail(`There are ${files.length} files; an upload takes one`, 'Upload them one by one, with one item each.');
		const account = ctx.account();
		const { attachment_id: attachmentId } = await ctx.graph({
			method: 'POST',
			path: `/${inboxOf(account)}/message_attachments`,
			body: {
				// Instagram Login knows one platform and documents no such parameter.
				...(account.pageId ? { platform: 'instagram' } : {}),
				message: { attachment: { type, payload: { ...files[0], is_reusable: true } } },
			},
			repeatable: true,
		});
		return { attachmentId: String(attachmentId), mediaType: type };
	},
});
