import { notChecked, ok, warning, type Check } from './define';

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/i;
/** Names and ranges that no name server and no router on the internet knows (RFC 1918, 3927, 4193, 4291, 6598, 6762, 8375). */
const PRIVATE = [
	/^10\./,
	/^192\.168\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^169\.254\./,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
	/^\[f[cd][0-9a-f]{2}:/i,
	/^\[fe[89ab][0-9a-f]:/i,
	/\.(local|lan|internal|intranet|home\.arpa)$/i,
	/^[^.[]+$/,
];

/** Why Meta cannot deliver to an address; `undefined` when nothing speaks against it. */
export function whyUnreachable(url: string): string | undefined {
	if (!URL.canParse(url)) return 'it is no address';
	const { hostname, protocol } = new URL(url);
	if (LOOPBACK.test(hostname)) return 'it exists on this machine only';
	if (PRIVATE.some((range) => range.test(hostname))) return 'it exists in your own network only';
	return protocol === 'https:' ? undefined : 'Meta delivers to HTTPS addresses only';
}

/** Scheme, host and port of an address; empty when it is none. */
export function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : '';
}

/** Can Meta reach this n8n? Only the trigger needs that. */
export const address: Check = {
	check: 'address',
	name: 'Address of n8n',
	run: ({ addresses }) => {
		const origin = originOf(addresses.webhooks || addresses.editor);
		if (origin === '') return notChecked('n8n does not tell its address');
		const why = whyUnreachable(origin);
		if (why === undefined)
			return ok(
				`Webhooks of this n8n have the address ${origin}. Whether the internet reaches it shows when Meta checks it`,
			);
		return warning(
			`Meta cannot reach this n8n at ${origin}: ${why}. The Instagram Trigger gets no events; everything else works`,
			'Give n8n a public HTTPS address with a valid certificate (a domain with a reverse proxy, or a tunnel), set WEBHOOK_URL to it, restart n8n, and activate the workflow again',
		);
	},
};
