import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

const TAIL_LINES = 40;
const FOLLOW_MS = 200;
const CHUNK_BYTES = 64 * 1024;

/** The last lines of a log file; empty when there is none. */
export async function tail(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch(() => '');
	return text.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/**
 * Passes on every line that is added to an existing file from now on.
 * @returns ends the following, after passing on what is there
 */
export function follow(file: string, onLine: (line: string) => void): () => void {
	const decoder = new StringDecoder('utf8');
	const chunk = Buffer.alloc(CHUNK_BYTES);
	const log = openSync(file, 'r');
	let position = statSync(file).size;
	let rest = '';
	const read = () => {
		for (;;) {
			const length = readSync(log, chunk, 0, chunk.length, position);
			if (length === 0) return;
			position += length;
			const lines = (rest + decoder.write(chunk.subarray(0, length))).split('\n');
			rest = lines.pop() ?? '';
			lines.forEach(onLine);
		}
	};
	const timer = setInterval(read, FOLLOW_MS).unref();
	return () => {
		clearInterval(timer);
		read();
		if (rest !== '') onLine(rest);
		closeSync(log);
	};
}
