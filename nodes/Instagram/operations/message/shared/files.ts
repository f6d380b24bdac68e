import type { IBinaryData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { StreamedFile } from '../../../../meta/graph/form';
import { MESSAGE_LIMITS } from '../../../../meta/messages/limits';
import { checkCount, checkWebAddress } from '../../../../meta/input/check';
import { asciiName, checkFile, type MediaType } from '../../../../meta/messages/files';
import { asciiUrl, canReach } from '../../../../meta/input/webAddress';
import type { Media } from './attachments';
import type { RunContext } from '../../define';

/** Meta fetches the file while it answers; the rest is for a slow day. */
const LINK_LIFE = '1h';

type Source = 'attachment' | 'binary' | 'url';

export const mediaTypeField: INodeProperties = {
	displayName: 'Media Type',
	name: 'mediaType',
	type: 'options',
	default: 'image',
	description: 'Kind of the file, which decides formats and sizes',
	options: [
		{ name: 'Audio', value: 'audio', description: 'AAC, M4A, WAV or MP4, up to 25 MB' },
		{ name: 'File', value: 'file', description: 'PDF, up to 25 MB' },
		{ name: 'Image', value: 'image', description: 'PNG, JPEG or GIF, up to 8 MB' },
		{ name: 'Video', value: 'video', description: 'MP4, OGG, AVI, MOV or WebM, up to 25 MB' },
	],
};

const SOURCES = [
	{ name: 'Attachment ID', value: 'attachment', description: 'A file that was uploaded to Meta before' },
	{ name: 'Binary Data', value: 'binary', description: 'A file of this workflow' },
	{ name: 'URL', value: 'url', description: 'A public web address from which Meta fetches the file' },
];

const several = (many: boolean, text: string) =>
	many ? `. Several images, up to ${MESSAGE_LIMITS.images}: ${text}.` : '';

/** Fields that say where a file comes from; with `many`, one message may carry several images and known attachments. */
export function sourceFields(many: boolean): INodeProperties[] {
	return [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			default: 'url',
			description: 'Where the file comes from',
			options: SOURCES.filter(({ value }) => many || value !== 'attachment'),
		},
		{
			displayName: 'URL',
			name: 'mediaUrl',
			type: 'string',
			typeOptions: many ? { rows: 2 } : {},
			required: true,
			displayOptions: { show: { source: ['url'] } },
			default: '',
			placeholder: 'e.g. https://example.com/picture.jpg',
			description: `Public address of the file, which Meta fetches from there${several(many, 'one address per line')}`,
		},
		...(many
			? [
					{
						displayName: 'Attachment ID',
						name: 'attachmentId',
						type: 'string' as const,
						required: true,
						displayOptions: { show: { source: ['attachment'] } },
						default: '',
						placeholder: 'e.g. 1254459154682919',
						description: `ID that Upload Attachment gave${several(many, 'IDs separated by commas')}`,
					},
				]
			: []),
		{
			displayName: 'Input Binary Field',
			name: 'binaryField',
			type: 'string',
			displayOptions: { show: { source: ['binary'] } },
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input binary field containing the file to be sent',
			description: `Name of the binary field that holds the file${several(many, 'names separated by commas')}`,
		},
	];
}

/** The name of a binary field, or a file itself when an expression gave one, as in `$('Node').item.binary.data`. */
type FileEntry = string | IBinaryData;

/** Entries of a field that takes several: a text with separators, or what an expression gave. */
function entriesOf(value: unknown, separator: RegExp): FileEntry[] {
	if (typeof value === 'object' && value !== null)
		return Array.isArray(value) ? value.flatMap((entry) => entriesOf(entry, /^$/)) : [value as IBinaryData];
	const texts = String(value ?? '').split(separator);
	return texts.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** A piece of base64 that decodes by itself: four of its signs are three bytes. */
const PIECE = 4 * 64 * 1024;

async function* decode(base64: string): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < base64.length; at += PIECE) yield Buffer.from(base64.slice(at, at + PIECE), 'base64');
}

/**
 * A file of the workflow. Meta documents the upload of bytes for Pages, and it works wherever n8n stands. For Instagram
 * Login it documents addresses only: there bytes are sent where Meta cannot fetch the file from this n8n.
 */
async function fileOf(
	{ connection, fail, itemIndex, n8n }: RunContext,
	type: MediaType,
	field: FileEntry,
): Promise<Media> {
	const { helpers } = n8n as IExecuteFunctions;
	const file = helpers.assertBinaryData(itemIndex, field);
	const { id, data, fileName, mimeType } = file;
	const bytes = id ? (await helpers.getBinaryMetadata(id)).fileSize : Buffer.byteLength(data, 'base64');
	checkFile(fail, type, { mimeType, bytes });
	const link = id && connection.kind === 'instagram' ? helpers.createBinarySignedUrl(file, LINK_LIFE) : '';
	if (link && canReach(connection.versionedUrl, link)) return { url: link };
	return new StreamedFile(asciiName(fileName), mimeType, bytes, async () =>
		id ? await helpers.getBinaryStream(id) : decode(data),
	);
}

/** Reads the chosen files: addresses, attachment IDs, or files of this n8n. */
export async function readFiles(ctx: RunContext, type: MediaType): Promise<Media[]> {
	const { fail, param } = ctx;
	const source = param<Source>('source', 'url');
	const [field, separator] = (
		{ attachment: ['attachmentId', /[\s,]+/], binary: ['binaryField', /,/], url: ['mediaUrl', /[\r\n]+/] } as const
	)[source];
	const entries = entriesOf(param<unknown>(field, ''), separator);
	if (type === 'image') checkCount(fail, 'images', entries.length, MESSAGE_LIMITS.images);
	else checkCount(fail, `files of the type ${type}`, entries.length, 1);
	const read = async (entry: FileEntry): Promise<Media> => {
		if (source === 'binary') return await fileOf(ctx, type, entry);
		if (source === 'attachment') return { attachment_id: String(entry) };
		checkWebAddress(fail, 'address of the file', String(entry));
		return { url: asciiUrl(String(entry)) };
	};
	return await Promise.all(entries.map(read));
}
