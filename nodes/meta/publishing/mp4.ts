/** What the header of an MP4 or MOV file says, as far as it was read. */
export type VideoFacts = {
	durationSeconds?: number;
	/** Four-character codes of the first sample description, e.g. `avc1` and `mp4a`. */
	videoCodec?: string;
	audioCodec?: string;
};

type Box = { type: string; body: Buffer };

/** Boxes of a container, the last one possibly cut short; what is no box ends the list. */
function* boxesIn(bytes: Buffer): Generator<Box> {
	let at = 0;
	while (at + 8 <= bytes.length) {
		const short = bytes.readUInt32BE(at);
		const type = bytes.toString('latin1', at + 4, at + 8);
		const isLong = short === 1 && at + 16 <= bytes.length;
		const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
		const start = at + (isLong ? 16 : 8);
		if (size < start - at) return;
		yield { type, body: bytes.subarray(start, at + size) };
		at += size;
	}
}

const find = (bytes: Buffer | undefined, type: string): Buffer | undefined => {
	for (const box of bytes ? boxesIn(bytes) : []) if (box.type === type) return box.body;
	return undefined;
};

/** Length of the film from its header box, in seconds. */
function durationOf(header: Buffer | undefined): number | undefined {
	if (!header || header.length < 20) return undefined;
	const isLong = header[0] === 1;
	if (isLong && header.length < 32) return undefined;
	const timescale = header.readUInt32BE(isLong ? 20 : 12);
	const duration = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
	return timescale > 0 && duration > 0 ? duration / timescale : undefined;
}

/** Kind (`vide`, `soun`) and codec of a track. */
function trackOf(track: Buffer): { kind?: string; codec?: string } {
	const media = find(track, 'mdia');
	const description = find(find(find(media, 'minf'), 'stbl'), 'stsd');
	const codec = description && description.length >= 16 ? description.toString('latin1', 12, 16) : undefined;
	return { kind: find(media, 'hdlr')?.toString('latin1', 8, 12), codec };
}

/**
 * Reads duration and codecs of an MP4 or MOV file from its first bytes. A file whose header stands behind its media
 * tells nothing.
 * @see https://developer.apple.com/documentation/quicktime-file-format/movie_atoms
 */
export function readVideoFacts(head: Buffer): VideoFacts {
	const movie = find(head, 'moov');
	if (!movie) return {};
	const facts: VideoFacts = { durationSeconds: durationOf(find(movie, 'mvhd')) };
	for (const { type, body } of boxesIn(movie)) {
		if (type !== 'trak') continue;
		const { kind, codec } = trackOf(body);
		if (kind === 'vide') facts.videoCodec ??= codec;
		if (kind === 'soun') facts.audioCodec ??= codec;
	}
	return facts;
}
