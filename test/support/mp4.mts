import type { Buffer as NodeBuffer } from 'node:buffer';

const u32 = (...values: number[]): NodeBuffer => {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
	return bytes;
};

/** A box of an MP4 file: length, type, content. */
export function box(type: string, ...content: NodeBuffer[]): NodeBuffer {
	const body = Buffer.concat(content);
	return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

export type Film = {
	seconds?: number;
	video?: string;
	audio?: string;
	brand?: string;
	headerLast?: boolean;
	longTimes?: boolean;
	size?: number;
};

const TIMESCALE = 600;

function header(seconds: number, longTimes: boolean): NodeBuffer {
	if (!longTimes) return box('mvhd', u32(0, 0, 0, TIMESCALE, seconds * TIMESCALE), Buffer.alloc(80));
	const duration = Buffer.alloc(8);
	duration.writeBigUInt64BE(BigInt(seconds * TIMESCALE));
	return box('mvhd', u32(0x01000000, 0, 0, 0, 0, TIMESCALE), duration, Buffer.alloc(80));
}

const track = (handler: string, codec: string): NodeBuffer =>
	box(
		'trak',
		box('tkhd', Buffer.alloc(84)),
		box(
			'mdia',
			box('mdhd', Buffer.alloc(24)),
			box('hdlr', u32(0, 0), Buffer.from(handler), Buffer.alloc(13)),
			box('minf', box('stbl', box('stsd', u32(0, 1), box(codec, Buffer.alloc(70))), box('stts', u32(0, 0)))),
		),
	);

/** An MP4 as a camera writes it: brand, header with a video and a sound track, media; filled up to `size` bytes. */
export function film({
	seconds = 20,
	video = 'avc1',
	audio = 'mp4a',
	brand = 'isom',
	headerLast = false,
	longTimes = false,
	size = 0,
}: Film = {}): NodeBuffer {
	const start = box('ftyp', Buffer.from(brand, 'latin1'), u32(0), Buffer.from('isommp42'));
	const movie = box('moov', header(seconds, longTimes), track('vide', video), ...(audio ? [track('soun', audio)] : []));
	const media = box('mdat', Buffer.alloc(Math.max(16, size - start.length - movie.length - 8), 7));
	return Buffer.concat(headerLast ? [start, media, movie] : [start, movie, media]);
}
