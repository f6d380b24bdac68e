/** Size of a picture as it is shown, in pixels. */
export type Dimensions = { width: number; height: number };

const EXIF_SEGMENT = 0xe1;
const SCAN = 0xda;
const ORIENTATION = 0x0112;
/** EXIF orientations from this one on turn the picture by a quarter. */
const FIRST_QUARTER_TURN = 5;

/** Markers that begin a frame, whose header has the size; the others of this range are tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The EXIF orientation in an APP1 segment, from 1 to 8; 1 when there is none. */
function orientationIn(segment: Buffer): number {
	if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || segment.length < 14) return 1;
	const tiff = segment.subarray(6);
	const isLittle = tiff.toString('latin1', 0, 2) === 'II';
	const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (directory + 2 > tiff.length) return 1;
	for (let entry = directory + 2, left = u16(directory); left > 0 && entry + 12 <= tiff.length; entry += 12, left--) {
		if (u16(entry) === ORIENTATION) return u16(entry + 8);
	}
	return 1;
}

/**
 * Size of a JPEG from its first bytes, turned as its orientation says.
 * @returns `undefined` when these bytes do not tell
 */
export function readJpegSize(head: Buffer): Dimensions | undefined {
	let orientation = 1;
	for (let at = 2; at + 9 <= head.length && head[at] === 0xff; ) {
		const marker = head[at + 1];
		// Any number of fill bytes may stand before a marker.
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (marker === SCAN) return undefined;
		if (isFrame(marker)) {
			const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)];
			return orientation >= FIRST_QUARTER_TURN ? { width: height, height: width } : { width, height };
		}
		const length = head.readUInt16BE(at + 2);
		if (marker === EXIF_SEGMENT) orientation = orientationIn(head.subarray(at + 4, at + 2 + length));
		at += 2 + length;
	}
	return undefined;
}
