import fc from 'fast-check';
import { isoFromWebhook } from '../../nodes/meta/time';

/** The last millisecond of the year 9999, from which on ISO 8601 writes years with a sign. */
const LAST_OF_FOUR_DIGITS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

describe('a time of a webhook', () => {
	it('is written as JavaScript writes it, days in any order', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1e11, max: 8.64e15 }), (ms) => isoFromWebhook(ms) === new Date(ms).toISOString()),
			{
				numRuns: 5_000,
				examples: [
					[LAST_OF_FOUR_DIGITS],
					[LAST_OF_FOUR_DIGITS + 1],
					[Date.UTC(2028, 1, 29)],
					[Date.UTC(2028, 1, 29) - 1],
				],
			},
		);
	});

	it('may be in seconds, with a fraction, or text', () => {
		const moment = '2026-11-21T10:15:30.000Z';
		const seconds = Date.parse(moment) / 1000;
		for (const time of [seconds, String(seconds), seconds * 1000, String(seconds * 1000), seconds * 1000 + 0.5]) {
			expect(isoFromWebhook(time)).toBe(moment);
		}
	});

	it.each([[undefined], [null], [''], ['soon'], [0], [-5], [Infinity], [NaN], [8.65e15], [{}]])(
		'is null for %p',
		(time) => {
			expect(isoFromWebhook(time)).toBeNull();
		},
	);
});
