import type { IBinaryData, IDataObject, INodeProperties } from 'n8n-workflow';
import { checkImage, checkVideo, isVideoFile, type VideoUse } from '../../../../meta/publishing/mediaFile';
import { checkFilled, checkWebAddress } from '../../../../meta/input/check';
import { asciiUrl } from '../../../../meta/input/webAddress';
import type { UploadFile } from '../../../../meta/publishing/upload';
import type { RunContext } from '../../define';
import { openFile, signedLink } from '../../shared/workflowFile';

/** A container to make: Meta's parameters, and the video that is sent to it where Meta does not fetch it. */
export type Part = { isVideo: boolean; params: IDataObject; file?: UploadFile };

/** One picture or video as it was chosen. Without `type`, the first bytes of the file decide. */
export type MediaChoice = { type?: 'image' | 'video'; source: string; url?: unknown; binaryField?: unknown };

/** Where the media goes: a picture in the feed has limits of its shape. */
export type MediaUse = VideoUse | 'feed';

export const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	default: 'url',
	description: 'Where the file comes from',
	options: [
		{
			name: 'Binary Data',
			value: 'binary',
			description:
				'A file of this workflow. Videos are sent to Meta (Facebook Login); anything else Meta fetches from n8n, which must be public.',
		},
		{ name: 'URL', value: 'url', description: 'A public web address from which Meta fetches the file' },
	],
};

export const imageUrlField: INodeProperties = {
	displayName: 'Image URL',
	name: 'imageUrl',
	type: 'string',
	required: true,
	displayOptions: { show: { source: ['url'] } },
	default: '',
	placeholder: 'e.g. https://example.com/picture.jpg',
	description: 'Public address of a JPEG of at most 8 MB. Meta downloads it from there.',
};

export const videoUrlField: INodeProperties = {
	displayName: 'Video URL',
	name: 'videoUrl',
	type: 'string',
	required: true,
	displayOptions: { show: { source: ['url'] } },
	default: '',
	placeholder: 'e.g. https://example.com/video.mp4',
	description: 'Public address of an MP4 or MOV. Meta downloads it from there.',
};

export const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryField',
	type: 'string',
	displayOptions: { show: { source: ['binary'] } },
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field containing the file to be published',
	description: 'Name of the binary field that holds the file. It is checked before anything is sent.',
};

const isFacebook = ({ connection }: RunContext): boolean => connection.kind !== 'instagram';

async function readBinary(
	ctx: RunContext,
	{ binaryField: field, type }: MediaChoice,
	use: MediaUse,
	thumbOffsetMs: number,
): Promise<Part> {
	const chosen = typeof field === 'object' ? (field as IBinaryData) : String(field ?? '').trim();
	if (chosen === '') checkFilled(ctx.fail, 'Input Binary Field', chosen);
	const { data, head, open, size } = await openFile(ctx, chosen);
	const isVideo = type ? type === 'video' : isVideoFile(head);
	if (!isVideo) {
		checkImage(ctx.fail, head, size, use === 'feed' || use === 'carousel');
		return { isVideo, params: { image_url: await signedLink(ctx, data) } };
	}
	checkVideo(ctx.fail, use === 'feed' ? 'reel' : use, head, size, thumbOffsetMs);
	if (isFacebook(ctx)) return { isVideo, params: { upload_type: 'resumable' }, file: { open, size } };
	return { isVideo, params: { video_url: await signedLink(ctx, data) } };
}

/**
 * Reads the chosen media, with a look at the file itself where n8n holds it.
 * @param thumbOffsetMs moment of the thumbnail, which must lie within the video
 * @throws when the media is missing, or not what Instagram takes
 */
export async function readMedia(ctx: RunContext, choice: MediaChoice, use: MediaUse, thumbOffsetMs = 0): Promise<Part> {
	if (choice.source === 'binary') return await readBinary(ctx, choice, use, thumbOffsetMs);
	const isVideo = choice.type === 'video';
	const url = String(choice.url ?? '').trim();
	checkFilled(ctx.fail, isVideo ? 'Video URL' : 'Image URL', url);
	checkWebAddress(ctx.fail, isVideo ? 'address of the video' : 'address of the image', url);
	return { isVideo, params: { [isVideo ? 'video_url' : 'image_url']: asciiUrl(url) } };
}

/** The media that the fields `source`, `binaryField` and the one named by `urlField` choose; n8n gives only those that are shown. */
export async function readSource(
	ctx: RunContext,
	type: 'image' | 'video',
	use: MediaUse,
	thumbOffsetMs = 0,
	urlField = type === 'video' ? 'videoUrl' : 'imageUrl',
): Promise<Part> {
	const source = ctx.param<string>('source', 'url');
	const chosen =
		source === 'binary'
			? { binaryField: ctx.param<unknown>('binaryField', 'data') }
			: { url: ctx.param<unknown>(urlField, '') };
	return await readMedia(ctx, { type, source, ...chosen }, use, thumbOffsetMs);
}

/** Address of a cover image: as it was given, or of a file of the workflow. */
export async function readCover(ctx: RunContext, url: string, field: unknown): Promise<IDataObject> {
	const isFile = typeof field === 'object' ? field !== null : String(field).trim() !== '';
	if (url.trim() === '' && !isFile) return {};
	const choice: MediaChoice = isFile
		? { type: 'image', source: 'binary', binaryField: field }
		: { type: 'image', source: 'url', url };
	return { cover_url: (await readMedia(ctx, choice, 'story')).params.image_url };
}
