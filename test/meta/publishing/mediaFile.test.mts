import fc from 'fast-check';
import { readJpegSize } from '../../../nodes/meta/publishing/jpeg.ts';
import { readVideoFacts } from '../../../nodes/meta/publishing/mp4.ts';
import { checkImage, checkVideo, formatOf, type VideoUse } from '../../../nodes/meta/publishing/mediaFile.ts';
import { drawPicture } from '../../../sandbox/demo/picture.mts';
import { box, film } from '../../support/mp4.mts';

const MB = 1024 * 1024;
const fail = (message: string, description: string) => Object.assign(new Error(message), { description });
const messageOf = (check: () => void): string | undefined => {
	try {
		check();
		return undefined;
	} catch (error) {
		expect((error as { description: string }).description).toMatch(/\S.*\.$/);
		return (error as Error).message;
	}
};
const image = (bytes: Buffer, size = bytes.length, isFeed = true) =>
	messageOf(() => checkImage(fail, bytes, size, isFeed));
const video = (bytes: Buffer, use: VideoUse = 'reel', size = bytes.length, thumbOffset = 0) =>
	messageOf(() => checkVideo(fail, use, bytes, size, thumbOffset));

/** A JPEG with an APP1 segment behind its start that turns it. */
function turned(jpeg: Buffer, orientation: number, isLittle: boolean): Buffer {
	const u16 = (value: number) => (isLittle ? [value & 255, value >> 8] : [value >> 8, value & 255]);
	const u32 = (value: number) => (isLittle ? [...u16(value), 0, 0] : [0, 0, ...u16(value)]);
	const entry = (tag: number, value: number) => [...u16(tag), ...u16(3), ...u32(1), ...u16(value), 0, 0];
	const tiff = [
		...Buffer.from(isLittle ? 'II' : 'MM'),
		...u16(42),
		...u32(8),
		...u16(2),
		...entry(0x0100, 9),
		...entry(0x0112, orientation),
		0,
		0,
		0,
		0,
	];
	const content = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
	const length = content.length + 2;
	return Buffer.concat([
		jpeg.subarray(0, 2),
		Buffer.from([0xff, 0xe1, length >> 8, length & 255, ...content]),
		jpeg.subarray(2),
	]);
}

describe('a picture', () => {
	it('has the size that its header says, turned as a camera turned it', () => {
		const jpeg = drawPicture(64, 32);
		expect(readJpegSize(jpeg)).toEqual({ width: 64, height: 32 });
		for (const isLittle of [true, false]) {
			for (const orientation of [1, 2, 3, 4])
				expect(readJpegSize(turned(jpeg, orientation, isLittle))).toEqual({ width: 64, height: 32 });
			for (const orientation of [5, 6, 7, 8])
				expect(readJpegSize(turned(jpeg, orientation, isLittle))).toEqual({ width: 32, height: 64 });
		}
	});

	it.each([
		[drawPicture(320, 400), undefined],
		[drawPicture(191, 100), undefined],
		[drawPicture(300, 400), 'The image is 300 x 400 pixels (0.75:1); Instagram takes 0.8:1 (4:5) to 1.91:1'],
		[drawPicture(400, 200), 'The image is 400 x 200 pixels (2.00:1); Instagram takes 0.8:1 (4:5) to 1.91:1'],
		[
			turned(drawPicture(400, 300), 6, true),
			'The image is 300 x 400 pixels (0.75:1); Instagram takes 0.8:1 (4:5) to 1.91:1',
		],
	])('has a shape that the feed takes, or not (%#)', (bytes, message) => {
		expect(image(bytes)).toBe(message);
		expect(image(bytes, bytes.length, false)).toBeUndefined();
	});

	it.each([
		['\x89PNG\r\n\x1a\n', 'a PNG'],
		['GIF89a', 'a GIF'],
		['RIFF\0\0\0\0WEBPVP8 ', 'a WebP'],
		['\0\0\0\x18ftypheic', 'a HEIC'],
		['\0\0\0\x18ftypavif', 'an AVIF'],
		['\0\0\0\x18ftypisom', 'an MP4'],
		['II*\0', 'a TIFF'],
		['BM', 'a BMP'],
		['%PDF-1.4', 'a PDF'],
		['\n<!DOCTYPE html><html>', 'a web page'],
		['nothing known', 'of a format that is not known here'],
	])('that is something else is named: %j', (start, name) => {
		expect(image(Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(20)]))).toBe(
			`The file is ${name}; as image Instagram takes JPEG only`,
		);
	});

	it('has 8 MB at most, and some bytes at least', () => {
		const jpeg = drawPicture(40, 40);
		expect(image(jpeg, 8 * MB)).toBeUndefined();
		expect(image(jpeg, 8 * MB + 1)).toBe('The image has 8388609 bytes; Instagram takes at most 8388608 (8 MB)');
		expect(image(Buffer.alloc(0))).toBe('The image is empty');
	});
});

describe('a video', () => {
	it.each([
		[{}, { durationSeconds: 20, videoCodec: 'avc1', audioCodec: 'mp4a' }],
		[
			{ seconds: 7, video: 'hvc1', audio: '', longTimes: true },
			{ durationSeconds: 7, videoCodec: 'hvc1' },
		],
		[
			{ brand: 'qt  ', audio: 'sowt' },
			{ durationSeconds: 20, videoCodec: 'avc1', audioCodec: 'sowt' },
		],
		[
			{ headerLast: true, size: 10_000 },
			{ durationSeconds: 20, videoCodec: 'avc1', audioCodec: 'mp4a' },
		],
	])('tells duration and codecs in its header: %j', (made, facts) => {
		expect(readVideoFacts(film(made))).toEqual(facts);
	});

	it('tells nothing when the header stands behind what was read, or is cut', () => {
		expect(readVideoFacts(film({ headerLast: true, size: 10_000 }).subarray(0, 5000))).toEqual({});
		const cut = film().subarray(0, 24 + 8 + 8 + 100);
		expect(readVideoFacts(cut)).toEqual({ durationSeconds: 20 });
	});

	it('of a length of 64 bits is read as well', () => {
		const media = Buffer.concat([
			Buffer.from([0, 0, 0, 1]),
			Buffer.from('mdat'),
			Buffer.from([0, 0, 0, 0, 0, 0, 0, 24]),
			Buffer.alloc(8),
		]);
		const [start, movie] = [film().subarray(0, 24), film().subarray(24)];
		expect(readVideoFacts(Buffer.concat([start, media, movie])).durationSeconds).toBe(20);
	});

	it.each<[object, VideoUse, string | undefined]>([
		[{ seconds: 3 }, 'reel', undefined],
		[{ seconds: 900 }, 'reel', undefined],
		[{ seconds: 2 }, 'reel', 'The video lasts 2.0 seconds; a reel lasts 3 to 900'],
		[{ seconds: 901 }, 'reel', 'The video lasts 901.0 seconds; a reel lasts 3 to 900'],
		[{ seconds: 60 }, 'story', undefined],
		[{ seconds: 61 }, 'story', 'The video lasts 61.0 seconds; a video story lasts 3 to 60'],
		[{ video: 'hev1' }, 'carousel', undefined],
		[{ video: 'vp09' }, 'reel', 'The video uses the codec "vp09"; Instagram takes H.264 and HEVC'],
		[{ video: 'apch' }, 'reel', 'The video uses the codec "apch"; Instagram takes H.264 and HEVC'],
		[{ audio: 'ac-3' }, 'reel', 'The sound of the video uses the codec "ac-3"; Instagram takes AAC'],
		[{ audio: '' }, 'reel', undefined],
	])('%j fits as %s, or not', (made, use, message) => {
		expect(video(film(made), use)).toBe(message);
	});

	it('has 300 MB at most, as a story 100 MB', () => {
		expect([video(film(), 'reel', 300 * MB), video(film(), 'story', 100 * MB)]).toEqual([undefined, undefined]);
		expect(video(film(), 'reel', 300 * MB + 1)).toBe(
			'The video has 314572801 bytes; Instagram takes at most 314572800 (300 MB)',
		);
		expect(video(film(), 'story', 100 * MB + 1)).toBe(
			'The video has 104857601 bytes; Instagram takes at most 104857600 (100 MB)',
		);
	});

	it('shows a moment of itself', () => {
		expect(video(film({ seconds: 5 }), 'reel', 1000, 5000)).toBeUndefined();
		expect(video(film({ seconds: 5 }), 'reel', 1000, 5001)).toBe(
			'The thumbnail offset is 5001 ms, but the video lasts 5000 ms',
		);
	});

	it.each([
		['\x1a\x45\xdf\xa3', 'a WebM'],
		['RIFF\0\0\0\0AVI LIST', 'an AVI'],
		['\xff\xd8\xff\xe0', 'a JPEG'],
	])('that is something else is named: %j', (start, name) => {
		expect(video(Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(20)]))).toBe(
			`The file is ${name}; as video Instagram takes MP4 and MOV`,
		);
	});
});

describe('what comes from outside', () => {
	it('never breaks a reader, whatever bytes it is made of', () => {
		const starts = [
			Buffer.from([0xff, 0xd8]),
			turned(drawPicture(20, 20), 6, false).subarray(0, 60),
			film(),
			box('moov', Buffer.alloc(40, 1)),
			Buffer.alloc(0),
		];
		fc.assert(
			fc.property(fc.constantFrom(...starts), fc.nat(200), fc.uint8Array({ maxLength: 300 }), (start, at, noise) => {
				const bytes = Buffer.concat([start.subarray(0, at), Buffer.from(noise)]);
				readJpegSize(bytes);
				readVideoFacts(bytes);
				expect(['string', 'undefined']).toContain(typeof formatOf(bytes));
			}),
			{ numRuns: 3000 },
		);
	});
});
