import { inspect } from 'node:util';
import type { INode } from 'n8n-workflow';
import { MetaError } from '../../../nodes/meta/errors/metaError.ts';
import { isInstagramToken, redact } from '../../../nodes/meta/errors/tokens.ts';

const node: INode = {
	id: '1',
	name: 'Instagram',
	type: 'n8n-nodes-instagram-platform.instagram',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('redact', () => {
	const tokens = [
		'EAABwzLixnjYBO0123456789',
		'IGQVJWZA0123456789-_x',
		'IGAAf0123456789ABC',
		'1234567890123456|a1B2c3D4e5F6g7H8',
	];
	it.each(tokens)('takes %s out of a text', (token) => {
		expect(redact(`Malformed access token ${token}, sorry`)).toBe('Malformed access token [token], sorry');
		expect(redact(`"${token}"`)).not.toContain(token);
	});

	it('knows every token that the credential takes for one of Instagram Login', () => {
		for (const token of ['IGAAf0123456789ABC', 'IGQWRabcdefgh1', 'IGFuture01234567', `IG${'abcDEF'.repeat(20)}`]) {
			expect(isInstagramToken(token)).toBe(true);
			expect(redact(`Malformed access token ${token}`)).toBe('Malformed access token [token]');
		}
	});

	it('leaves IDs, words, names of objects and message IDs alone', () => {
		const text =
			'Object 17841400000000001 of aWdfZAG06MTpJR01 at Image A|B (IGUserForIGOnlyAPI, IGBusinessUser) does not exist';
		expect(redact(text)).toBe(text);
	});

	it('takes the app secret of the call out of everything that an error holds', () => {
		const secret = '0123456789abcdef0123456789abcdef';
		for (const facts of [
			{ status: 400, error: { code: 424242, message: `Invalid secret ${secret}`, error_user_title: secret } },
			{ status: 0, cause: `connect to ${secret}` },
		]) {
			const error = new MetaError(node, facts, undefined, { secrets: [secret] });
			expect(error.description).toContain('[token]');
			expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(secret);
		}
	});

	it.each(['message', 'error_user_msg'])('works on what an item shows of %s', (field) => {
		const error = new MetaError(node, {
			status: 400,
			error: { code: 424242, [field]: `Malformed access token ${tokens[0]}` },
		});
		expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(tokens[0]);
	});
});
