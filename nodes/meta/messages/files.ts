import type { Fail } from '../input/check';

const MB = 1024 * 1024;

/** What a file can be sent as. */
export type MediaType = 'audio' | 'file' | 'image' | 'video';

/**
 * What Meta takes as each type: content types, how a person calls them, and the size in bytes.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload
 */
const RULES: Record<MediaType, { types: RegExp; names: string; max: number }> = {
	audio: {
		types: /^(audio\/(aac|x-aac|m4a|x-m4a|mp4|wav|x-wav|wave|vnd\.wave)|video\/mp4)$/,
		names: 'AAC, M4A, WAV or MP4',
		max: 25 * MB,
	},
	file: { types: /^application\/pdf$/, names: 'PDF', max: 25 * MB },
	image: { types: /^image\/(png|jpe?g|gif)$/, names: 'PNG, JPEG or GIF', max: 8 * MB },
	video: {
		types: /^video\/(mp4|ogg|avi|x-msvideo|msvideo|quicktime|webm)$/,
		names: 'MP4, OGG, AVI, MOV or WebM',
		max: 25 * MB,
	},
};

/**
 * Checks a file that n8n holds before Meta is asked to fetch it.
 * @param file `bytes` is its size; unknown sizes pass, Meta checks them anyway
 */
export function checkFile(fail: Fail, type: MediaType, file: { mimeType: string; bytes?: number }): void {
	const { types, names, max } = RULES[type];
	if (!types.test(file.mimeType.split(';')[0].trim().toLowerCase())) {
		throw fail(
			`The file is ${file.mimeType}; as ${type} Instagram takes ${names}`,
			'Choose the media type that fits the file, or convert the file first.',
		);
	}
	if ((file.bytes ?? 0) > max) {
		throw fail(
			`The file has ${file.bytes} bytes; as ${type} Instagram takes at most ${max} (${max / MB} MB)`,
			'Compress it, or send a link to it as text.',
		);
	}
}

/** A file name as Meta takes it: in ASCII. What has no such signs falls away, all but the ending at worst. */
export function asciiName(name = ''): string {
	const ascii = name
		.normalize('NFKD')
		.replace(/[^\x20-\x7e]/g, '')
		.trim();
	return /^\w/.test(ascii) ? ascii : `file${ascii}`;
}
