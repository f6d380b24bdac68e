import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { readSignedRequest } from '../../../nodes/meta/webhooks/signedRequest.ts';
import { personRequest, signedRequest } from '../../support/signedRequests.mts';

const SECRET = 'made-up-app-secret';
const payload = personRequest('218471');
const genuine = signedRequest(payload, SECRET);
const [mark, body] = genuine.split('.');

describe('readSignedRequest', () => {
	it('reads what Meta signed, whichever of the secrets was used', () => {
		for (const secrets of [[SECRET], ['rotated', SECRET], [SECRET, 'rotated'], ['', SECRET]]) {
			expect(readSignedRequest(genuine, secrets)).toEqual({ valid: true, payload });
		}
	});

	it('takes padding at the ends of both parts', () => {
		// A payload whose length needs padding in base64.
		const padded = Buffer.from(JSON.stringify(personRequest('21847')))
			.toString('base64')
			.replace(/\+/g, '-')
			.replace(/\//g, '_');
		expect(padded).toMatch(/=$/);
		const signature = `${createHmac('sha256', SECRET).update(padded).digest('base64url')}=`;
		expect(readSignedRequest(`${signature}.${padded}`, [SECRET]).valid).toBe(true);
	});

	it.each([
		['another secret', signedRequest(payload, 'another')],
		['an empty secret', signedRequest(payload, '')],
		['the signature of another payload', `${mark}.${signedRequest(personRequest('1'), SECRET).split('.')[1]}`],
		[
			'a signature over the decoded payload',
			`${createHmac('sha256', SECRET).update(JSON.stringify(payload)).digest('base64url')}.${body}`,
		],
		['a payload with padding that was not signed', `${mark}.${body}=`],
	])('refuses %s as a mismatch', (_what, value) => {
		expect(readSignedRequest(value, [SECRET, ''])).toEqual({ valid: false, reason: 'mismatch' });
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['no text', 5],
		['an empty text', ''],
		['one part', body],
		['three parts', `${genuine}.${body}`],
		['a short signature', `${mark.slice(1)}.${body}`],
		['letters that base64url does not have', `${mark}.${body}+/`],
		['a signature in hex', `${createHmac('sha256', SECRET).update(body).digest('hex')}.${body}`],
		['a payload that is no JSON', signedRequest('no json', SECRET)],
		['a payload that is no object', signedRequest('"text"', SECRET)],
		['null', signedRequest('null', SECRET)],
		['no algorithm', signedRequest({ user_id: '1' }, SECRET)],
		['another algorithm', signedRequest(personRequest('1', { algorithm: 'none' }), SECRET)],
	])('refuses %s as malformed', (_what, value) => {
		expect(readSignedRequest(value, [SECRET])).toEqual({ valid: false, reason: 'malformed' });
	});

	it('refuses everything without a secret', () => {
		for (const secrets of [[], [''], ['', '']])
			expect(readSignedRequest(genuine, secrets)).toEqual({ valid: false, reason: 'mismatch' });
	});

	it('keeps every digit of an ID that came as a number', () => {
		const value = signedRequest(
			'{"algorithm":"HMAC-SHA256","user_id":12345678901234567890,"issued_at":1795000000}',
			SECRET,
		);
		expect(readSignedRequest(value, [SECRET])).toMatchObject({
			payload: { user_id: '12345678901234567890', issued_at: 1_795_000_000 },
		});
	});

	it('accepts no change of a single character', () => {
		fc.assert(
			fc.property(fc.nat(genuine.length - 1), fc.constantFrom(...'abcXYZ019-_.='), (at, letter) => {
				const changed = genuine.slice(0, at) + letter + genuine.slice(at + 1);
				// The last letter of a signature carries two bits that mean nothing.
				const same =
					Buffer.from(changed.split('.')[0], 'base64url').equals(Buffer.from(mark, 'base64url')) &&
					changed.split('.')[1] === body;
				expect(readSignedRequest(changed, [SECRET]).valid).toBe(same);
			}),
		);
	});
});
