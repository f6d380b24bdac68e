/** Split a URL into host segment, version and the path below it. */
export function readTarget(url: string): { host: string; version?: string; segments: string[] } {
	const [host, ...rest] = new URL(url, 'http://sandbox').pathname
		.split('/')
		.filter((part) => part !== '')
		.map(decodeURIComponent);
	const version = /^v\d+\.\d+$/.test(rest[0] ?? '') ? rest.shift() : undefined;
	return { host, version, segments: rest };
}
