import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import {
	asItemError,
	credentialTestRules,
	describe as tell,
	explain,
	isUnclear,
	MetaError,
} from '../../../nodes/meta/errors/metaError.ts';
import { inWordsOf } from '../../../nodes/meta/errors/advice.ts';
import { ERROR_TABLE, type ErrorRow } from '../../../nodes/meta/errors/table.ts';

const node: INode = {
	id: '1',
	name: 'Instagram',
	type: 'n8n-nodes-instagram-platform.instagram',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const rows = ERROR_TABLE.map((row) => [[row.code, row.subcode].filter(Boolean).join('/'), row] as const);
const errorOf = ({ code = 100, subcode, type, says = '' }: ErrorRow) => ({
	code,
	error_subcode: subcode,
	type: type ?? 'OAuthException',
	message: `Meta words ${says}`,
	fbtrace_id: 'Atrace',
});

describe.each(rows)('row %s of the error table', (numbers, row) => {
	it('survives n8n, which rewrites messages that hold words like EPERM', () => {
		const error = new MetaError(node, { status: 400, error: errorOf(row) }, 3);
		expect(error.message).toBe(row.message);
		expect(error.description).toContain(inWordsOf('popUp', row.fix));
		expect(error.description).toContain(`Meta error ${row.code === undefined ? '100/' : ''}${numbers}, trace Atrace.`);
		expect(error.description).toContain('Meta words');
		expect(error.context.itemIndex).toBe(3);
		expect(error.httpCode).toBe('400');
	});

	it('survives being shown as a plain operation error, too', () => {
		const text = inWordsOf('popUp', `${row.message}. ${row.fix}`);
		expect(new NodeOperationError(node, text).message).toBe(text);
	});

	it('is a sentence without a full stop, and a fix with one', () => {
		expect(row.message).toMatch(/^\S.*[^.\s]$/);
		for (const remedy of ['popUp', 'configuration', 'paste'] as const)
			expect(inWordsOf(remedy, row.fix)).toMatch(/^[A-Z][^{}]*\.$/);
	});

	it('can be reached: no other row takes its numbers', () => {
		expect(explain(errorOf(row))).toBe(row);
	});
});

describe('explain', () => {
	it('falls back to the bare row of a code when the subcode is unknown', () => {
		expect(explain({ code: 190, error_subcode: 999999 })).toMatchObject({ code: 190 });
		expect(explain({ code: 190, error_subcode: 999999 })?.subcode).toBeUndefined();
	});

	it('knows nothing of unlisted codes, nor of a listed subcode under another code', () => {
		expect(explain({ code: 424242 })).toBeUndefined();
		expect(explain({ code: 424242, error_subcode: 463 })).toBeUndefined();
	});
});

describe('a number that Meta documents alone', () => {
	it.each([
		[2018300, 'Another app controls this conversation'],
		[2534068, 'This account cannot send several images in one message yet'],
	])('%i is known beside any code, and as a code', (number, message) => {
		for (const code of [10, 100, 424242]) expect(explain({ code, error_subcode: number })?.message).toBe(message);
		expect(explain({ code: number })?.message).toBe(message);
	});
});

describe('error 100', () => {
	it('is about the app secret only where Meta calls it a GraphMethodException', () => {
		expect(explain({ code: 100, type: 'GraphMethodException' })?.message).toBe(
			'The app secret does not fit the access token',
		);
		for (const type of ['OAuthException', undefined]) expect(explain({ code: 100, type })).toBeUndefined();
		expect(explain({ code: 100, error_subcode: 33, type: 'GraphMethodException' })?.message).toBe(
			'Meta does not know this ID, or this login may not see it',
		);
	});
});

describe('an error that no row lists', () => {
	it("is told in Meta's words for people, with its numbers", () => {
		const error = new MetaError(node, {
			status: 400,
			error: { code: 424242, error_subcode: 7, message: 'raw', error_user_msg: 'Bitte später', fbtrace_id: 'Ax' },
		});
		expect(error.message).toBe('Bitte später');
		expect(error.description).toMatch(/^Do what Meta's sentence asks for\..*Meta error 424242\/7, trace Ax\./);
	});

	it('still has a message when Meta sends none', () => {
		expect(tell({ status: 400, error: { code: 424242 } }).message).toBe('Meta refused the request');
	});
});

describe('an answer that is not from Meta', () => {
	it('names the status, or that none came', () => {
		expect(tell({ status: 502 })).toMatchObject({ message: 'The answer did not come from Meta (HTTP 502)' });
		expect(tell({ status: 0, cause: 'socket hang up' }).description).toContain('socket hang up');
		expect(new MetaError(node, { status: 0, cause: 'connect ECONNREFUSED' }).message).toBe('No answer came from Meta');
	});
});

describe('isUnclear', () => {
	const clear = (code: number, status = 400, error_subcode?: number) =>
		!isUnclear({ status, error: { code, error_subcode } });
	it('is true where Meta may have acted', () => {
		expect(isUnclear({ status: 0, cause: 'reset' })).toBe(true);
		expect(isUnclear({ status: 504 })).toBe(true);
		for (const code of [1, 2, -1]) expect(clear(code)).toBe(false);
		expect(clear(100, 500)).toBe(false);
		expect(clear(4, 400, 2207051)).toBe(false);
	});

	it('is false for a plain refusal', () => {
		for (const code of [190, 100, 10, 4, 9, 9007, 24]) expect(clear(code)).toBe(true);
	});
});

describe('what n8n learns of a failure', () => {
	const failureOf = (code: number, waitMinutes?: number) =>
		new MetaError(node, { status: 400, error: { code }, waitMinutes }).failure;
	it.each([190, 102, 452])('%i: the credential has to be connected again', (code) => {
		expect(failureOf(code)).toEqual({ cause: 'credential-invalid' });
	});

	it('calls a credential dead for what a new login cures, and for nothing else', () => {
		const dead = ERROR_TABLE.filter(
			(row) => new MetaError(node, { status: 401, error: errorOf(row) }).failure?.cause === 'credential-invalid',
		);
		expect(dead.map(({ code, subcode, says }) => [code, subcode ?? says].join('/')).sort()).toEqual([
			'102/',
			'190/',
			'190/458',
			'190/460',
			'190/463',
			'190/467',
			'190/493',
			'2500/An active access token',
			'452/',
		]);
		for (const code of [10, 100, 101, 104, 200, 210, 2500, 424242]) {
			const error = new MetaError(node, { status: 401, error: { code, error_subcode: 424242 } });
			expect([code, error.failure]).toEqual([code, undefined]);
		}
	});

	it.each([4, 17, 32, 613, 80001, 80002, 80006])('%i: waiting helps', (code) => {
		expect(failureOf(code)).toEqual({ cause: 'rate-limited' });
		expect(failureOf(code, 7)).toEqual({ cause: 'rate-limited', retryAfterMs: 420_000 });
	});

	it.each([100, 10, 1, 424242])('%i: nothing of the kind', (code) => {
		expect(failureOf(code)).toBeUndefined();
	});

	it('says how long to wait', () => {
		expect(new MetaError(node, { status: 400, error: { code: 4 }, waitMinutes: 12 }).description).toContain(
			'Meta asks to wait 12 minutes.',
		);
	});
});

describe('asItemError', () => {
	it('keeps an item index that is there and adds one that is missing', () => {
		expect(asItemError(node, new MetaError(node, { status: 400, error: { code: 100 } }, 2), 5).context.itemIndex).toBe(
			2,
		);
		expect(asItemError(node, new MetaError(node, { status: 400, error: { code: 100 } }), 5).context.itemIndex).toBe(5);
		expect(asItemError(node, new NodeOperationError(node, 'no', { itemIndex: 2 }), 5).context.itemIndex).toBe(2);
		expect(asItemError(node, new NodeOperationError(node, 'no'), 5).context.itemIndex).toBe(5);
		expect(asItemError(node, new NodeOperationError(node, 'no', { itemIndex: 0 }), 5).context.itemIndex).toBe(0);
	});

	it('does not re-wrap, because n8n then forgets message and fix', () => {
		const meta = new MetaError(node, { status: 400, error: { code: 190 } });
		expect(asItemError(node, meta, 1)).toBe(meta);
	});

	it('ties any other error to its item', () => {
		const error = asItemError(node, new TypeError('odd'), 4);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).not.toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'odd', context: { itemIndex: 4 } });
	});
});

describe('credentialTestRules', () => {
	/** n8n goes through the rules in order and shows the first whose key has the value. */
	const firstMatch = (error: Record<string, unknown>) =>
		credentialTestRules.find(({ properties }) => {
			const { key, value } = properties as { key: string; value: unknown };
			return error[key.replace('error.', '')] === value;
		})?.properties.message;

	it.each(rows.filter(([, { type, says }]) => type === undefined && says === undefined))(
		'%s is told in the words of the table',
		(_numbers, row) => {
			const error = { code: row.code, ...(row.subcode ? { error_subcode: row.subcode } : {}) };
			expect(firstMatch(error)).toBe(inWordsOf('paste', `${row.message}. ${row.fix}`));
		},
	);

	it.each([100, 2500])('%i has words for a first call, whatever Meta says with it', (code) => {
		expect(firstMatch({ code })).toMatch(/^Meta refused the first call with this token\. Check that the app secret/);
	});
});
