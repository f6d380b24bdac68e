import { CLASSES } from '../../../nodes/meta/errors/classes.ts';
import { inWordsOf } from '../../../nodes/meta/errors/advice.ts';
import { explain, isSpecific } from '../../../nodes/meta/errors/metaError.ts';
import { CHAPTERS, ERROR_TABLE, type ErrorRow } from '../../../nodes/meta/errors/table.ts';
import { PUBLISHING } from '../../../nodes/meta/errors/rows/publishing.ts';
import { SAME_NUMBERS } from '../../../nodes/meta/errors/rows/sameNumbers.ts';
import { brokenContainer } from '../../../nodes/meta/publishing/errors.ts';
import { PUBLISHED } from './published.mts';

const META_PAGE = /^https:\/\/developers\.facebook\.com\/docs\/[\w/-]+$/;
const keyOf = ({ code, subcode, type, says }: ErrorRow) => JSON.stringify([code, subcode, type, says]);
const errorOf = (numbers: string) => {
	const [code, error_subcode] = numbers.split('/').map(Number);
	return { code, error_subcode };
};

const said = (message: string) => new Error(message);

describe('the error table', () => {
	it('has no row twice, and no number twice that means the same everywhere', () => {
		const keys = ERROR_TABLE.map(keyOf);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
		const alone = ERROR_TABLE.filter(({ code, anywhere }) => code === undefined || anywhere).map(
			({ subcode }) => subcode,
		);
		expect(ERROR_TABLE.filter(({ subcode }) => alone.filter((other) => other === subcode).length > 1)).toEqual([]);
		const paired = ERROR_TABLE.filter(
			({ code, subcode, anywhere }) => code !== undefined && subcode !== undefined && !anywhere,
		);
		expect(paired.filter(({ subcode }) => alone.includes(subcode))).toEqual([]);
	});

	it('names a page of Meta and an action for every row', () => {
		for (const { page, rows } of CHAPTERS) {
			expect(page).toMatch(META_PAGE);
			expect(rows.length).toBeGreaterThan(0);
			for (const { message, fix } of rows) {
				expect(message.length).toBeGreaterThan(10);
				expect(inWordsOf('popUp', fix).length).toBeGreaterThan(10);
			}
		}
	});

	it('has a number in every row, and both where one means the same anywhere', () => {
		for (const row of ERROR_TABLE) {
			expect(row.code ?? row.subcode).toEqual(expect.any(Number));
			if (row.anywhere) expect([row.code, row.subcode]).toEqual([expect.any(Number), expect.any(Number)]);
		}
	});

	it("looks into Meta's texts in one place only", () => {
		const there = SAME_NUMBERS.flatMap(({ rows }) => rows);
		expect(ERROR_TABLE.filter(({ says }) => says !== undefined).every((row) => there.includes(row))).toBe(true);
		expect(there.every(({ says, type }) => says !== undefined || type !== undefined)).toBe(true);
	});

	it.each(SAME_NUMBERS.flatMap(({ rows }) => rows).filter(({ says }) => says !== undefined))(
		'falls back on the row or class of code $code where "$says" is missing',
		({ code = 0, says, type, message }) => {
			const error = { code, type, message: `Before ${says} after` };
			expect(explain(error)?.message).toBe(message);
			expect(explain({ ...error, message: 'Etwas anderes' })?.says).toBeUndefined();
			expect(explain({ code, type })?.says).toBeUndefined();
		},
	);

	it.each(PUBLISHING.flatMap(({ rows }) => rows).map((row) => [row.subcode, row] as const))(
		'%i says the same of media beside any code, and in the status of a container',
		(subcode, row) => {
			for (const code of [-1, 1, 9, 24, 100, 200, 424242]) expect(explain({ code, error_subcode: subcode })).toBe(row);
			expect(brokenContainer(said, { status_code: 'ERROR', status: `Fehler ${String(subcode)}` }).message).toBe(
				row.message,
			);
		},
	);

	it('lets a number speak before a text', () => {
		expect(explain({ code: 200, error_subcode: 2534041, message: 'API access blocked.' })?.subcode).toBe(2534041);
	});
});

describe('the classes of errors without a row', () => {
	it.each(Object.entries(CLASSES))('%s has a sentence and an action', (_name, { message, fix }) => {
		expect(message).toMatch(/^[A-Z].*[^.]$/);
		for (const login of ['popUp', 'configuration', 'paste'] as const)
			expect(inWordsOf(login, fix)).toMatch(/^[A-Z][^{}]*\.$/);
		expect(`${message} ${fix}`).not.toContain('Check the fields of this node');
	});
});

describe.each(Object.entries(PUBLISHED))("Meta's table %s", (page, numbers) => {
	it('is a page of Meta', () => {
		expect(page).toMatch(META_PAGE);
	});

	it.each(numbers.map(([number, reason]) => [number, reason ?? '']))(
		'%s has a row, or a reason for none',
		(number, reason) => {
			const error = errorOf(number);
			const row = explain(error);
			// A limit, and the permissions from 200 on, mean the same whatever stands beside them.
			const isOwn = error.error_subcode === undefined || row?.limits !== undefined || isSpecific(error);
			if (reason === '') expect([number, row !== undefined && isOwn]).toEqual([number, true]);
			else
				expect([reason, row !== undefined && isOwn && row.limits === undefined]).toEqual([
					expect.stringMatching(/\w+ \w+/),
					false,
				]);
		},
	);
});
