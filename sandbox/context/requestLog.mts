/** One recorded call on a simulated host. Secrets are never kept. */
export type RequestRecord = {
	seq: number;
	at: string;
	method: string;
	host: string;
	path: string;
	version: string | null;
	query: Record<string, unknown>;
	body: unknown;
	token: { kind: string; appId: string; owner: string } | null;
	tokenIn: 'header' | 'query' | 'body' | null;
	status: number | null;
	error?: { code: number; error_subcode?: number };
};

const SECRET_NAMES = new Set([
	'access_token',
	'client_secret',
	'code',
	'appsecret_proof',
	'fb_exchange_token',
	'input_token',
	'verify_token',
	'refresh_token',
	'signed_request',
	'password',
]);

/** A copy with the value of every token, secret, code and proof replaced by `[redacted]`. */
export function redact(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(redact);
	if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, SECRET_NAMES.has(name) ? '[redacted]' : redact(inner)]),
	);
}

/** The newest calls, kept for people and tests. */
export type RequestLog = {
	add(record: Omit<RequestRecord, 'seq'>): RequestRecord;
	since(seq: number): RequestRecord[];
	clear(): void;
};

const KEPT = 5_000;

/** An empty log. Sequence numbers go on after `clear`. */
export function createRequestLog(): RequestLog {
	let records: RequestRecord[] = [];
	let seq = 0;
	return {
		add(record) {
			seq += 1;
			const full = { ...record, seq };
			records.push(full);
			if (records.length > KEPT * 2) records = records.slice(-KEPT);
			return full;
		},
		since: (from) => records.filter((record) => record.seq > from),
		clear: () => {
			records = [];
		},
	};
}
