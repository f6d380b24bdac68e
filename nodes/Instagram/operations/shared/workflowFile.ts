import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { HEAD_BYTES } from '../../../meta/publishing/mediaFile';
import { canReach } from '../../../meta/input/webAddress';
import type { UploadFile } from '../../../meta/publishing/upload';
import type { RunContext } from '../define';

type Helpers = IExecuteFunctions['helpers'];
type FileStream = Awaited<ReturnType<Helpers['getBinaryStream']>>;

/** A file of the workflow with its first bytes. It is read as it is needed, and held in memory only where n8n does so. */
export type WorkflowFile = UploadFile & { data: IBinaryData; head: Buffer };

/** Meta fetches a picture while it answers, a video soon after; the rest is for a slow day. */
const LINK_LIFE = '1h';

const helpersOf = ({ n8n }: RunContext): Helpers => (n8n as IExecuteFunctions).helpers;

async function firstBytes(stream: FileStream, max: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length >= max) break;
	}
	return Buffer.concat(chunks).subarray(0, max);
}

/** Reads a stream up to an offset, and leaves the rest in it. */
async function skip(stream: FileStream, bytes: number): Promise<FileStream> {
	if (bytes === 0) return stream;
	await new Promise<void>((resolve, reject) => {
		let left = bytes;
		const read = () => {
			for (let chunk = stream.read() as Buffer | null; chunk !== null; chunk = stream.read() as Buffer | null) {
				if (chunk.length < left) {
					left -= chunk.length;
					continue;
				}
				stream.off('readable', read);
				if (chunk.length > left) stream.unshift(chunk.subarray(left));
				resolve();
				return;
			}
		};
		stream.on('readable', read);
		stream.once('error', reject);
		stream.once('end', () => reject(new Error('The file has become shorter')));
	});
	return stream;
}

/**
 * Opens a file of the item.
 * @param field name of the binary field, or the file itself when an expression gave one
 */
export async function openFile(ctx: RunContext, field: string | IBinaryData): Promise<WorkflowFile> {
	const helpers = helpersOf(ctx);
	const data = helpers.assertBinaryData(ctx.itemIndex, field);
	const { id } = data;
	if (!id) {
		const bytes = await helpers.getBinaryDataBuffer(ctx.itemIndex, data);
		return {
			data,
			size: bytes.length,
			head: bytes.subarray(0, HEAD_BYTES),
			open: async (offset) => bytes.subarray(offset),
		};
	}
	const size = data.bytes ?? (await helpers.getBinaryMetadata(id)).fileSize;
	const head = await firstBytes(await helpers.getBinaryStream(id), HEAD_BYTES);
	return { data, size, head, open: async (offset) => await skip(await helpers.getBinaryStream(id), offset) };
}

/**
 * An address from which Meta can fetch a file that this n8n holds. It opens the file to anybody for an hour.
 * @throws when n8n keeps files in memory, or is not public
 */
export async function signedLink(ctx: RunContext, data: IBinaryData): Promise<string> {
	const helpers = helpersOf(ctx);
	// A file that another node wrote into the item itself is stored first, where n8n stores files.
	const file = data.id
		? data
		: await helpers.prepareBinaryData(
				await helpers.getBinaryDataBuffer(ctx.itemIndex, data),
				data.fileName,
				data.mimeType,
			);
	if (!file.id) {
		throw ctx.fail(
			'Meta cannot fetch this file: n8n keeps files in memory',
			'Set N8N_DEFAULT_BINARY_DATA_MODE of n8n to filesystem (or s3), or put the file on a public web host and choose URL as the source.',
		);
	}
	const link = helpers.createBinarySignedUrl(file, LINK_LIFE);
	if (!canReach(ctx.connection.versionedUrl, link)) {
		throw ctx.fail(
			`Meta cannot fetch files from this n8n: its address ${new URL(link).origin} is not public`,
			'Set WEBHOOK_URL of n8n to its public HTTPS address, or put the file on a public web host and choose URL as the source.',
		);
	}
	return link;
}
