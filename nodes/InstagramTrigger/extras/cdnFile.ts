import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { plainHttp } from '../../meta/graph/send';

const MB = 1024 * 1024;
/** Meta takes no larger files in messages. */
const MAX_BYTES = 25 * MB;
const MAX_REDIRECTS = 3;
/** Files that are held in memory at the same time, of all deliveries of this process. */
const MAX_BYTES_IN_HAND = 100 * MB;

const CDN_HOST = /(^|\.)(fbsbx\.com|fbcdn\.net|cdninstagram\.com)$/;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Answers of a link that has ended. */
const GONE = [401, 403, 404, 410];

let bytesInHand = 0;

type Body = AsyncIterable<Buffer> & { destroy?: () => void };
type Answer = { statusCode: number; headers: IDataObject; body: Body };

/** A file as Meta's CDN hands it out. `release` tells that it is stored and out of memory. */
export type CdnFile = { bytes: Buffer; mimeType: string; fileName: string | undefined; release: () => void };

/** Where Meta keeps files, or a simulator or gateway that stands in for Meta by the credential's base URL. */
async function isOnCdn(address: URL, graphUrl: () => Promise<string>): Promise<boolean> {
	if (address.username !== '' || address.password !== '') return false;
	if (address.protocol === 'https:' && address.port === '' && CDN_HOST.test(address.hostname)) return true;
	const base = await graphUrl();
	return URL.canParse(base) && new URL(base).origin === address.origin;
}

/** The type without its parameters; whatever is no type at all is a file like any other. */
function mimeTypeOf({ 'content-type': type }: IDataObject): string {
	const [plain] = String(type ?? '')
		.toLowerCase()
		.split(';');
	return /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,100}$/.test(plain.trim()) ? plain.trim() : 'application/octet-stream';
}

/** What people can attach: pictures, sounds and videos, PDFs, and files of which nobody says what they are. */
const FILE_TYPES = /^(?:(?:image|video|audio)\/[a-z0-9.-]+|application\/(?:pdf|octet-stream))$/;
/** What the CDN shows instead of a file. */
const PAGE_TYPES = ['text/html', 'application/xhtml+xml'];

/** Why a file of this type is left out, as a sentence: markup, an SVG too, could run as a page where somebody opens it. */
function problemOf(mimeType: string): string | undefined {
	if (FILE_TYPES.test(mimeType)) return undefined;
	return PAGE_TYPES.includes(mimeType)
		? 'Meta sent a web page instead of it.'
		: `It is of the type ${mimeType}, and only pictures, sounds, videos and PDFs are fetched.`;
}

/** The name that the person gave the file: never a path, and nothing that a file system or a header stumbles over. */
function fileNameOf({ 'content-disposition': disposition }: IDataObject): string | undefined {
	const [, name = ''] = /filename="?([^";]+)/i.exec(String(disposition ?? '')) ?? [];
	const last = name.split(/[/\\]/).pop() ?? '';
	const plain = last
		.replace(/[^\p{L}\p{N}._ ()-]/gu, '')
		.replace(/^[. ]+/, '')
		.trim();
	return plain.slice(-100) || undefined;
}

async function readBody({ headers, body }: Answer): Promise<Buffer> {
	const tooLarge = () => new Error(`It has more than ${MAX_BYTES / MB} MB.`);
	if (Number(headers['content-length']) > MAX_BYTES) throw tooLarge();
	const chunks: Buffer[] = [];
	let size = 0;
	let isWhole = false;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			size += chunk.length;
			bytesInHand += chunk.length;
			if (size > MAX_BYTES) throw tooLarge();
			if (bytesInHand > MAX_BYTES_IN_HAND) throw new Error('Too many files arrive at the same time.');
		}
		isWhole = true;
		return Buffer.concat(chunks);
	} finally {
		if (!isWhole) bytesInHand -= size;
	}
}

/**
 * Fetches a file of a message. Nothing but Meta's CDN is ever asked, nor after a redirect, and no token goes there.
 * @param graphUrl where the calls of the credential go; asked for only when the address is not on Meta's own CDN
 * @throws Error whose message tells the reader, as a sentence, why there is no file
 */
export async function fetchCdnFile(
	n8n: IWebhookFunctions,
	url: string,
	graphUrl: () => Promise<string>,
	signal: AbortSignal,
): Promise<CdnFile> {
	let address = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		if (!URL.canParse(address) || !(await isOnCdn(new URL(address), graphUrl)))
			throw new Error("Its address is not on Meta's CDN.");
		const answer = (await plainHttp(n8n)({
			method: 'GET',
			url: address,
			encoding: 'stream',
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal: signal,
		})) as Answer;
		const { statusCode, headers, body } = answer;
		try {
			if (statusCode === 200) {
				const mimeType = mimeTypeOf(headers);
				const problem = problemOf(mimeType);
				if (problem) throw new Error(problem);
				const bytes = await readBody(answer);
				return { bytes, mimeType, fileName: fileNameOf(headers), release: () => (bytesInHand -= bytes.length) };
			}
			if (GONE.includes(statusCode)) throw new Error(`Meta does not hand it out any more (HTTP ${statusCode}).`);
			if (!REDIRECTS.includes(statusCode) || !URL.canParse(String(headers.location), address))
				throw new Error(`Meta answered with HTTP ${statusCode}.`);
		} finally {
			body.destroy?.();
		}
		address = new URL(String(headers.location), address).href;
	}
	throw new Error('Meta led from one address to the next.');
}
