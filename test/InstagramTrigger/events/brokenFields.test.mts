import { judged } from '../../support/events.mts';
import { fixture, fixtureNames } from '../../support/fixtures.mts';
import { faultsIn } from '../../support/itemFault.mts';
import { isLong } from '../../support/long.mts';

type Holder = Record<string, unknown>;

/** What a field can be instead of what it was. */
const INSTEAD: Array<[string, unknown]> = [
	['null', null],
	['an empty text', ''],
	['an empty list', []],
	['an empty object', {}],
	['zero', 0],
	['a number', 17],
	['true', true],
	['a text', 'x'],
	['a list of a text', ['x']],
	['an object of a text', { id: 'x' }],
	['a list of nothing', [null]],
];

/** Where the fields of a tree lie: the keys that lead there. */
function pathsIn(tree: unknown, path: string[] = []): string[][] {
	if (typeof tree !== 'object' || tree === null) return [];
	return Object.keys(tree).flatMap((key) => [[...path, key], ...pathsIn((tree as Holder)[key], [...path, key])]);
}

/** The delivery with one field changed. @param change gets the object that holds the field, and its key */
function changed(name: string, path: string[], change: (holder: Holder, key: string) => void): Buffer {
	const tree = JSON.parse(fixture(name).toString('utf8')) as Holder;
	const holder = path.slice(0, -1).reduce((at, key) => at[key] as Holder, tree);
	change(holder, path[path.length - 1]);
	return Buffer.from(JSON.stringify(tree));
}

/** A reader that fails passes Meta's object on as it is; no broken field may make it. */
const READER_FAILED = 'It does not look as Meta documents it.';

const faultsOf = (body: Buffer): string[] => {
	const verdict = judged(body);
	if (verdict.status !== 200) return verdict.status === 400 ? [] : ['it was refused'];
	return verdict.events.flatMap((event) => [
		...faultsIn(event),
		...((event.unknown as { reason?: string } | undefined)?.reason === READER_FAILED ? ['its reader failed'] : []),
	]);
};

describe('a delivery in which one field is', () => {
	let tried = 0;

	it.each(fixtureNames)('missing, empty or of another type is read without an error: %s', (name) => {
		const faults: string[] = [];
		pathsIn(JSON.parse(fixture(name).toString('utf8'))).forEach((path, place) => {
			const removed = changed(name, path, (holder, key) => {
				delete holder[key];
			});
			// Each push tries three of them at each place, and others at the place behind it.
			const values = isLong ? INSTEAD : [0, 4, 8].map((step) => INSTEAD[(place + step) % INSTEAD.length]);
			const bodies: Array<[string, Buffer]> = [
				['missing', removed],
				...values.map(([what, value]): [string, Buffer] => [
					what,
					changed(name, path, (holder, key) => {
						holder[key] = value;
					}),
				]),
			];
			for (const [what, body] of bodies) {
				tried++;
				faults.push(...faultsOf(body).map((fault) => `${path.join('.')} is ${what}: ${fault}`));
			}
		});
		expect(faults).toEqual([]);
	});

	it('was tried at many places', () => {
		expect(tried).toBeGreaterThan(fixtureNames.length * 40);
	});
});
