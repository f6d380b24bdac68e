/** A web address as Meta fetches it: in ASCII. One that is ASCII already stays as it is, for it may be signed. */
export function asciiUrl(url: string): string {
	return /^[\x21-\x7e]+$/.test(url) ? url : new URL(url).href;
}

/** Hosts that only this machine or its own network can reach. */
const LOCAL =
	/^(localhost|.*\.local(host)?|.*\.internal|[^.:]+|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|\[::1?\]|\[f[cde].*)$/i;

const isLocal = (url: string): boolean => URL.canParse(url) && LOCAL.test(new URL(url).hostname);

/**
 * Whether Meta can reach a file of this n8n. With a gateway or a simulator on the own network as base URL it cannot be
 * told, and is taken for granted.
 * @param graphUrl where the calls of the credential go
 */
export function canReach(graphUrl: string, fileUrl: string): boolean {
	return !isLocal(fileUrl) || isLocal(graphUrl);
}
