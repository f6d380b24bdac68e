import type { IBinaryKeyData, IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { InstagramEvent } from '../events/define';
import { fetchCdnFile } from './cdnFile';
import type { TimeLimit } from './timeLimit';

/** More than the ten pictures that a person can send at once, and little enough to end in time. */
const MAX_FILES = 30;
const FILES = new Set(['image', 'video', 'audio', 'file', 'media', 'share', 'ig_post', 'ig_reel', 'reel']);
const STORIES = new Set(['story', 'ig_story', 'story_mention']);

const LATE =
	'It did not arrive in time: Meta waits for its answer a few seconds only. Fetch it with an HTTP Request node.';

/** A shared reel can come with its page instead of its file. `cdninstagram.com` is another domain, that of files. */
const isPage = (url: string): boolean => URL.canParse(url) && /(^|\.)instagram\.com$/.test(new URL(url).hostname);

/** Why nothing is fetched for an attachment, as a sentence; `undefined` for files. */
function whyLeftOut(type: string, url: unknown): string | undefined {
	if (STORIES.has(type)) return 'Meta forbids to keep a copy of a story.';
	if (typeof url !== 'string' || url === '') return 'Meta sent no address for it.';
	if (!FILES.has(type)) return 'It is no file.';
	return isPage(url) ? 'Meta sent the address of its page at Instagram instead of a file.' : undefined;
}

/** One attachment: where its file went, or why there is none. */
type Download = {
	/** Number of the attachment in the message, from 0. */
	attachment: number;
	type: string;
	/** Name of the binary data on the item. */
	binary: string | null;
	/** Why there is none, as a sentence. */
	problem: string | null;
};

/** The files of an event, and what became of each attachment. */
type Downloaded = { downloads: Download[]; binary: IBinaryKeyData };

/** Fetches the files of one event. */
export type Downloader = (event: InstagramEvent) => Promise<Downloaded>;

const attachmentsOf = ({ message }: InstagramEvent): IDataObject[] =>
	((message as IDataObject | null | undefined)?.attachments ?? []) as IDataObject[];

/** A delivery has one: its files share the time, and their number is limited. */
export function downloaderFor(n8n: IWebhookFunctions, graphUrl: () => Promise<string>, limit: TimeLimit): Downloader {
	let files = 0;

	const store = async (url: string, name: string) => {
		const { bytes, mimeType, fileName, release } = await fetchCdnFile(n8n, url, graphUrl, limit.signal);
		try {
			const data = await n8n.helpers.prepareBinaryData(bytes, fileName ?? name, mimeType);
			// A name of our own lacks the ending, which n8n knows.
			if (!fileName && data.fileExtension) data.fileName = `${name}.${data.fileExtension}`;
			return { data };
		} finally {
			release();
		}
	};

	const fetchOne = async (url: string, name: string) => {
		if (++files > MAX_FILES) return { problem: `More than ${MAX_FILES} files came at once.` };
		const work = store(url, name).catch(({ message }: Error) => ({ problem: limit.signal.aborted ? LATE : message }));
		return await limit.within(work, { problem: LATE });
	};

	return async (event) => {
		const wanted = attachmentsOf(event).map(({ type, url }, attachment) => ({ attachment, type: String(type), url }));
		const binary: IBinaryKeyData = {};
		const downloads = wanted.map(async ({ attachment, type, url }): Promise<Download> => {
			const reason = whyLeftOut(type, url);
			if (reason) return { attachment, type, binary: null, problem: reason };
			const key = `attachment_${attachment}`;
			const outcome = await fetchOne(url as string, key);
			if ('problem' in outcome) return { attachment, type, binary: null, problem: outcome.problem };
			binary[key] = outcome.data;
			return { attachment, type, binary: key, problem: null };
		});
		return { downloads: await Promise.all(downloads), binary };
	};
}
