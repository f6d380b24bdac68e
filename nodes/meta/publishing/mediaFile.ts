import { readJpegSize } from './jpeg';
import { readVideoFacts } from './mp4';
import type { Fail } from '../input/check';

const MB = 1024 * 1024;

/** How many of its first bytes a check looks at; more tell nothing new. */
export const HEAD_BYTES = 4 * MB;

/** Where a video goes, which decides what Meta takes. */
export type VideoUse = 'carousel' | 'reel' | 'story';

/**
 * What Meta takes: sizes in bytes, durations in seconds.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
const IMAGE_MAX_BYTES = 8 * MB;
const RATIO = { min: 4 / 5, max: 1.91 };
const VIDEO: Record<VideoUse, { name: string; maxBytes: number; maxSeconds: number }> = {
	carousel: { name: 'a video of a carousel', maxBytes: 300 * MB, maxSeconds: 15 * 60 },
	reel: { name: 'a reel', maxBytes: 300 * MB, maxSeconds: 15 * 60 },
	story: { name: 'a video story', maxBytes: 100 * MB, maxSeconds: 60 },
};
const MIN_SECONDS = 3;
/** Headers round, and so does Meta: what is this close to a limit is left to Meta, in seconds. */
const GRACE_SECONDS = 0.5;
const VIDEO_CODECS = /^(avc[1-4]|hvc1|hev1|dvh1|dvhe|dva1|dvav)$/;
const AUDIO_CODECS = /^mp4a$/;

type Kind = { name: string; is: (head: Buffer) => boolean };

const begins =
	(bytes: string, at = 0) =>
	(head: Buffer) =>
		head.toString('latin1', at, at + bytes.length) === bytes;
const brand = (pattern: RegExp) => (head: Buffer) =>
	begins('ftyp', 4)(head) && pattern.test(head.toString('latin1', 8, 12));

/** Kinds of files by their first bytes; the name that a file has says nothing. */
const KINDS: Kind[] = [
	{ name: 'JPEG', is: begins('\xff\xd8\xff') },
	{ name: 'PNG', is: begins('\x89PNG') },
	{ name: 'GIF', is: begins('GIF8') },
	{ name: 'WebP', is: (head) => begins('RIFF')(head) && begins('WEBP', 8)(head) },
	{ name: 'AVI', is: (head) => begins('RIFF')(head) && begins('AVI ', 8)(head) },
	{ name: 'HEIC', is: brand(/^(hei|hev|mif1|msf1)/) },
	{ name: 'AVIF', is: brand(/^avi/) },
	{ name: 'MOV', is: (head) => brand(/^qt {2}/)(head) || begins('moov', 4)(head) || begins('wide', 4)(head) },
	{ name: 'MP4', is: begins('ftyp', 4) },
	{ name: 'WebM', is: begins('\x1a\x45\xdf\xa3') },
	{ name: 'PDF', is: begins('%PDF') },
	{ name: 'TIFF', is: (head) => begins('II*\0')(head) || begins('MM\0*')(head) },
	{ name: 'BMP', is: begins('BM') },
	{ name: 'web page', is: (head) => /^\s*<(!doctype|html|\?xml)/i.test(head.toString('latin1', 0, 100)) },
];

const isVideoName = (name: string): boolean => name === 'MP4' || name === 'MOV';
const article = (name: string): string => `${/^(AVIF?|MP4)$/.test(name) ? 'an' : 'a'} ${name}`;

/** The name of a file's format by its first bytes; `undefined` when they are of no kind that is known here. */
export function formatOf(head: Buffer): string | undefined {
	return KINDS.find(({ is }) => is(head))?.name;
}

/** True when a file is a video that Instagram takes, by its first bytes. */
export function isVideoFile(head: Buffer): boolean {
	return isVideoName(formatOf(head) ?? '');
}

const formatText = (head: Buffer): string => {
	const name = formatOf(head);
	return name ? article(name) : 'of a format that is not known here';
};

function checkSize(fail: Fail, what: string, size: number, max: number, advice: string): void {
	if (size === 0) throw fail(`The ${what} is empty`, 'Look at the step that made the file.');
	if (size > max) throw fail(`The ${what} has ${size} bytes; Instagram takes at most ${max} (${max / MB} MB)`, advice);
}

/**
 * Checks an image before anything is sent to Meta.
 * @param size of the whole file, in bytes
 * @param isFeed posts have limits of their shape, stories and covers have none
 */
export function checkImage(fail: Fail, head: Buffer, size: number, isFeed: boolean): void {
	checkSize(fail, 'image', size, IMAGE_MAX_BYTES, 'Compress or resize it, for example with the Edit Image node.');
	if (formatOf(head) !== 'JPEG') {
		throw fail(
			`The file is ${formatText(head)}; as image Instagram takes JPEG only`,
			'Convert it to JPEG first, for example with the Edit Image node.',
		);
	}
	const pixels = readJpegSize(head);
	if (!isFeed || !pixels) return;
	const { width, height } = pixels;
	// One pixel of rounding is forgiven, as Meta does.
	if ((width + 1) / height >= RATIO.min && (width - 1) / height <= RATIO.max) return;
	throw fail(
		`The image is ${width} x ${height} pixels (${(width / height).toFixed(2)}:1); Instagram takes 0.8:1 (4:5) to 1.91:1`,
		'Crop it, or add a border, for example with the Edit Image node.',
	);
}

function checkDuration(fail: Fail, use: VideoUse, seconds: number, thumbOffsetMs: number): void {
	const { maxSeconds, name } = VIDEO[use];
	if (seconds < MIN_SECONDS - GRACE_SECONDS || seconds > maxSeconds + GRACE_SECONDS) {
		throw fail(
			`The video lasts ${seconds.toFixed(1)} seconds; ${name} lasts ${MIN_SECONDS} to ${maxSeconds}`,
			'Cut it to fit.',
		);
	}
	if (thumbOffsetMs > seconds * 1000) {
		throw fail(
			`The thumbnail offset is ${thumbOffsetMs} ms, but the video lasts ${Math.round(seconds * 1000)} ms`,
			'Choose a moment within the video.',
		);
	}
}

/**
 * Checks a video before anything is sent to Meta; duration and codecs as far as the header tells them.
 * @param size of the whole file, in bytes
 * @param thumbOffsetMs moment of the thumbnail, in milliseconds
 */
export function checkVideo(fail: Fail, use: VideoUse, head: Buffer, size: number, thumbOffsetMs = 0): void {
	const { maxBytes, name } = VIDEO[use];
	checkSize(fail, 'video', size, maxBytes, `Compress it: ${name} may have ${maxBytes / MB} MB.`);
	if (!isVideoFile(head)) {
		throw fail(
			`The file is ${formatText(head)}; as video Instagram takes MP4 and MOV`,
			'Convert it to MP4 with H.264 video and AAC sound.',
		);
	}
	const { durationSeconds, videoCodec, audioCodec } = readVideoFacts(head);
	if (durationSeconds !== undefined) checkDuration(fail, use, durationSeconds, thumbOffsetMs);
	if (videoCodec && !VIDEO_CODECS.test(videoCodec)) {
		throw fail(
			`The video uses the codec "${videoCodec.trim()}"; Instagram takes H.264 and HEVC`,
			'Convert it to MP4 with H.264 video and AAC sound.',
		);
	}
	if (audioCodec && !AUDIO_CODECS.test(audioCodec)) {
		throw fail(
			`The sound of the video uses the codec "${audioCodec.trim()}"; Instagram takes AAC`,
			'Convert it to MP4 with H.264 video and AAC sound.',
		);
	}
}
