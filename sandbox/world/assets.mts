import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import { encode } from 'jpeg-js';
import { newAssetId } from './ids.mts';
import type { Asset } from './types.mts';

/** SHA-256 of bytes, in lower-case hexadecimal. */
export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/**
 * An asset of the sandbox's CDN; reads the size of images from their header.
 * @param digest SHA-256 of the bytes, where it was taken while they came
 */
export function makeAsset(bytes: Buffer, contentType: string, digest = sha256(bytes)): Asset {
	const asset: Asset = { id: newAssetId(), bytes, sha256: digest, contentType };
	if (contentType.startsWith('image/')) {
		const { width, height } = imageSize(bytes);
		asset.width = width;
		asset.height = height;
	}
	return asset;
}

const painted = new Map<string, Buffer>();

/** A plain JPEG with a diagonal gradient around a hue, for seeds and profile pictures. */
export function paintJpeg(width: number, height: number, colour: number[]): Buffer {
	const key = `${width}x${height} ${colour.join()}`;
	const known = painted.get(key);
	if (known) return known;
	const [red, green, blue] = colour;
	const data = Buffer.alloc(width * height * 4);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const shade = 0.55 + 0.45 * ((x + y) / (width + height));
			const at = (y * width + x) * 4;
			data[at] = red * shade;
			data[at + 1] = green * shade;
			data[at + 2] = blue * shade;
			data[at + 3] = 255;
		}
	}
	const bytes = encode({ data, width, height }, 80).data;
	painted.set(key, bytes);
	return bytes;
}

const SIGNATURES: Array<{ type: string; at: number; bytes: number[] }> = [
	{ type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
	{ type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
	{ type: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
	{ type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
	{ type: 'audio/wav', at: 8, bytes: [0x57, 0x41, 0x56, 0x45] },
	{ type: 'video/x-msvideo', at: 8, bytes: [0x41, 0x56, 0x49, 0x20] },
	{ type: 'image/bmp', at: 0, bytes: [0x42, 0x4d] },
	{ type: 'image/tiff', at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
	{ type: 'image/tiff', at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
	{ type: 'application/pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46] },
	{ type: 'video/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
	{ type: 'video/ogg', at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] },
	{ type: 'audio/aac', at: 0, bytes: [0xff, 0xf1] },
	{ type: 'audio/aac', at: 0, bytes: [0xff, 0xf9] },
];

const ISO_BRANDS: Record<string, string> = {
	heic: 'image/heic',
	heix: 'image/heic',
	mif1: 'image/heic',
	avif: 'image/avif',
	'M4A ': 'audio/mp4',
	'qt  ': 'video/quicktime',
};

/** Content type by the bytes themselves, never by a header or a name; undefined when unknown. */
export function sniffType(bytes: Buffer): string | undefined {
	if (bytes.length > 12 && bytes.toString('latin1', 4, 8) === 'ftyp') {
		return ISO_BRANDS[bytes.toString('latin1', 8, 12)] ?? 'video/mp4';
	}
	return SIGNATURES.find(({ at, bytes: magic }) => magic.every((byte, index) => bytes[at + index] === byte))?.type;
}

const iso = (brand: string): Buffer =>
	Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.alloc(12)]);

/** The smallest bytes that pass for a kind of attachment, when nobody cares what is in it. */
export function sampleAsset(type: string): Asset {
	switch (type) {
		case 'video':
			return makeAsset(iso('isom'), 'video/mp4');
		case 'audio':
			return makeAsset(iso('M4A '), 'audio/mp4');
		case 'file':
			return makeAsset(Buffer.from('%PDF-1.4\n%%EOF\n'), 'application/pdf');
		default:
			return makeAsset(paintJpeg(320, 320, [200, 120, 160]), 'image/jpeg');
	}
}
