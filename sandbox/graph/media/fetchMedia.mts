import type { Dispatcher } from 'undici';
import { request } from 'undici';

/** How a fetch of somebody's media ended. */
export type Fetched = { ok: true; bytes: Buffer } | { ok: false; reason: 'unreachable' | 'timeout' | 'tooLarge' };

const MAX_REDIRECTS = 5;

const isFetchable = (url: string): boolean =>
	/^[\x21-\x7e]+$/.test(url) && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const read = async (answer: Dispatcher.ResponseData, maxBytes: number): Promise<Fetched> => {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of answer.body) {
		size += (chunk as Buffer).length;
		if (size > maxBytes) {
			answer.body.destroy();
			return { ok: false, reason: 'tooLarge' };
		}
		chunks.push(chunk as Buffer);
	}
	return { ok: true, bytes: Buffer.concat(chunks) };
};

/**
 * Fetch media as Meta's crawler does: at call time, http and https only (also after a redirect),
 * URL in US-ASCII, capped in size (bytes) and time (ms).
 */
export async function fetchMedia(
	agent: Dispatcher,
	url: string,
	maxBytes: number,
	timeoutMs = 10_000,
): Promise<Fetched> {
	const signal = AbortSignal.timeout(timeoutMs);
	let target = url;
	try {
		for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
			if (!isFetchable(target)) return { ok: false, reason: 'unreachable' };
			const answer = await request(target, {
				dispatcher: agent,
				headers: { 'user-agent': 'facebookexternalhit/1.1', accept: '*/*' },
				signal,
			});
			const { location } = answer.headers;
			if (answer.statusCode === 200) return await read(answer, maxBytes);
			await answer.body.dump();
			if (answer.statusCode < 300 || answer.statusCode > 399 || typeof location !== 'string') break;
			target = new URL(location, target).href;
		}
		return { ok: false, reason: 'unreachable' };
	} catch {
		return { ok: false, reason: signal.aborted ? 'timeout' : 'unreachable' };
	}
}
