import type { INode } from 'n8n-workflow';
import { CLASSES, classOf } from '../../../nodes/meta/errors/classes.ts';
import { inWordsOf } from '../../../nodes/meta/errors/advice.ts';
import { MetaError } from '../../../nodes/meta/errors/metaError.ts';
import { BODIES } from '../../fixtures/errors/bodies.mts';

const node: INode = {
	id: '1',
	name: 'Instagram',
	type: 'n8n-nodes-instagram-platform.instagram',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const named = BODIES.map((body) => {
	const { code, error_subcode: subcode, message } = body.error;
	return [`${code}/${String(subcode ?? '')} ${message.slice(0, 50)}`, body] as const;
});
/** What would tell a person nothing. */
const EMPTY = [
	...Object.values(CLASSES).map(({ message }) => message),
	'Meta refused a value of this request',
	'Check the fields of this node',
	'Look the number up',
];

describe.each(named)(
	'an error in the form in which Meta sends it: %s',
	(_name, { error: sent, status = 400, starts, ...expected }) => {
		const error = new MetaError(node, { status, error: sent });

		it('is told in a sentence that says something', () => {
			expect(error.message.startsWith(starts) ? starts : error.message).toBe(starts);
			expect(EMPTY).not.toContain(error.message);
		});

		it('comes with an action, and with what Meta says', () => {
			const description = String(error.description);
			expect(description).toMatch(/^\S.*\. Meta says: ".+" Meta error -?\d+/s);
			const { fix } = CLASSES[expected.class ?? 'other'];
			expect(description.startsWith(inWordsOf('popUp', fix))).toBe(expected.class !== undefined);
			if (expected.class) expect(classOf(status, sent)).toBe(expected.class);
			expect(description).not.toContain('Check the fields of this node');
			expect(description).toContain(String(sent.error_user_msg || sent.message));
		});

		it('marks the credential only where a new login cures it', () => {
			expect(error.failure?.cause === 'credential-invalid').toBe(expected.dead === true);
			if (expected.dead) expect(error.description).toMatch(/^Open the credential in n8n and connect again\./);
		});
	},
);

it('there are enough of them, and of each class', () => {
	expect(BODIES.length).toBeGreaterThanOrEqual(60);
	const rare = new Set(['login', 'access']);
	for (const kind of Object.keys(CLASSES).filter((name) => !rare.has(name)))
		expect([kind, BODIES.some((body) => body.class === kind)]).toEqual([kind, true]);
});
