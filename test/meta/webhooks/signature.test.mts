import { createHmac } from 'node:crypto';
import { sameSecret, signBody, verifySignature } from '../../../nodes/meta/webhooks/signature.ts';
import { fixture } from '../../support/fixtures.mts';

const SECRET = 'made-up-app-secret';
const body = fixture('text');

/** What Meta puts into the header, computed here on its own. */
const hubSignature = (bytes: Buffer | string, secret: string) =>
	`sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;

describe('verifySignature', () => {
	it('accepts the bytes that Meta signed, escaped unicode and slashes included', () => {
		expect(body.toString('latin1')).toMatch(/\\u00fc.*\\ud83d/);
		expect(verifySignature(body, hubSignature(body, SECRET), [SECRET])).toEqual({ valid: true });
	});

	it('accepts upper-case hex digits', () => {
		const header = hubSignature(body, SECRET).slice(7).toUpperCase();
		expect(verifySignature(body, `sha256=${header}`, [SECRET])).toEqual({ valid: true });
	});

	it('refuses the same content written again: only the bytes count', () => {
		const again = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
		expect(JSON.parse(again.toString('utf8'))).toEqual(JSON.parse(body.toString('utf8')));
		expect(verifySignature(again, hubSignature(body, SECRET), [SECRET])).toEqual({ valid: false, reason: 'mismatch' });
	});

	it.each([
		['a truncated body', body.subarray(0, -1)],
		['a body with a line break behind it', Buffer.concat([body, Buffer.from('\n')])],
		['an empty body', Buffer.alloc(0)],
	])('refuses %s', (_name, bytes) => {
		expect(verifySignature(bytes, hubSignature(body, SECRET), [SECRET])).toEqual({ valid: false, reason: 'mismatch' });
	});

	it('refuses another secret', () => {
		expect(verifySignature(body, hubSignature(body, 'another'), [SECRET])).toEqual({
			valid: false,
			reason: 'mismatch',
		});
	});

	it.each([undefined, ''])('tells a missing header (%p)', (header) => {
		expect(verifySignature(body, header, [SECRET])).toEqual({ valid: false, reason: 'missing' });
	});

	const good = hubSignature(body, SECRET);
	it.each([
		['no algorithm', good.slice(7)],
		['SHA-1', `sha1=${createHmac('sha1', SECRET).update(body).digest('hex')}`],
		['a cut digest', good.slice(0, -2)],
		['a digest that goes on', `${good}00`],
		['a second line', `${good}\n`],
		['no hex', `sha256=${'z'.repeat(64)}`],
		['two digests', `${good},${good}`],
	])('tells a malformed header: %s', (_name, header) => {
		expect(verifySignature(body, header, [SECRET])).toEqual({ valid: false, reason: 'malformed' });
	});

	it.each([[['']], [[]], [['', '']]])(
		'never accepts an empty secret (%j), which anybody could sign with',
		(secrets) => {
			expect(verifySignature(body, hubSignature(body, ''), secrets)).toEqual({ valid: false, reason: 'mismatch' });
		},
	);

	it('accepts any of several secrets, wherever it stands, and ignores empty ones among them', () => {
		const header = hubSignature(body, SECRET);
		expect(verifySignature(body, header, [SECRET, 'rotated'])).toEqual({ valid: true });
		expect(verifySignature(body, header, ['', 'rotated', SECRET])).toEqual({ valid: true });
		expect(verifySignature(body, hubSignature(body, ''), ['', SECRET])).toEqual({ valid: false, reason: 'mismatch' });
	});
});

describe('signBody', () => {
	it('writes what Meta writes', () => {
		expect(signBody(body, SECRET)).toBe(hubSignature(body, SECRET));
		// HMAC-SHA256 test case 2 of RFC 4231.
		expect(signBody('what do ya want for nothing?', 'Jefe')).toBe(
			'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		);
	});
});

describe('sameSecret', () => {
	it('is true for equal texts only, of any length', () => {
		expect(sameSecret('verify-me', 'verify-me')).toBe(true);
		expect(sameSecret('Grüße', 'Grüße')).toBe(true);
		for (const other of ['verify-m', 'verify-me ', 'Verify-me', '', 'x'.repeat(5000)])
			expect(sameSecret(other, 'verify-me')).toBe(false);
	});
});
