import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Holder = Json[] | { [key: string]: Json };

/** Stand for what JSON.stringify cannot write. */
const RAW: Record<string, string> = {
	'@huge': '1e400',
	'@digits': '123456789012345678901234567890',
	'@negative': '-0',
	'@deep': `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
	'@deepObject': `${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}`,
	'@loneHigh': '"\\ud83d"',
	'@upper': '"\\u00E4"',
};

const ODD_KEYS = [
	'__proto__',
	'constructor',
	'toString',
	'valueOf',
	'length',
	'id',
	'message',
	'messaging',
	'standby',
	'changes',
	'field',
	'value',
	'from',
	'sender',
	'',
	'\u0000',
	'ключ',
	'👋',
];
const ODD_VALUES: Json[] = [
	null,
	true,
	false,
	0,
	-1,
	1.5,
	1e308,
	2 ** 53,
	'',
	' ',
	'0',
	'\u0000',
	'\ud83d',
	'NaN',
	'[object Object]',
	[],
	{},
	[[]],
	[null],
	{ id: null },
	{ toString: 1, valueOf: 1 },
	{ length: 1e9 },
	{ id: { id: '1' } },
	...Object.keys(RAW),
];

/** One change of a delivery: where (a number that picks one of all places) and what. */
type Mutation = { place: number; what: number; key: number; value: number };
const mutation: fc.Arbitrary<Mutation> = fc.record({
	place: fc.nat(),
	what: fc.nat(7),
	key: fc.nat(),
	value: fc.nat(),
});

/** All places of a tree that can be changed. */
function places(tree: Json, found: Array<[Holder, string | number]> = []): Array<[Holder, string | number]> {
	if (typeof tree !== 'object' || tree === null) return found;
	const keys = Array.isArray(tree) ? tree.map((_one, i) => i) : Object.keys(tree);
	for (const key of keys) {
		found.push([tree, key]);
		places((tree as never)[key], found);
	}
	return found;
}

function apply(tree: Json, { place, what, key, value }: Mutation): void {
	const all = places(tree);
	if (all.length === 0) return;
	const [holder, at] = all[place % all.length] as [Record<string, Json>, string];
	const [other, from] = all[value % all.length] as [Record<string, Json>, string];
	const oddKey = ODD_KEYS[key % ODD_KEYS.length];
	const oddValue = ODD_VALUES[value % ODD_VALUES.length];
	const put = (name: string, content: Json) => {
		if (Array.isArray(holder) && typeof name !== 'number') holder.push(content);
		else Object.defineProperty(holder, name, { value: content, enumerable: true, writable: true, configurable: true });
	};
	const before = holder[at];
	if (what === 0) delete holder[at];
	else if (what === 1) {
		delete holder[at];
		put(oddKey, before);
	} else if (what === 2 || what === 3) put(at, structuredClone(oddValue));
	else if (what === 4) put(at, [before]);
	else if (what === 5) put(at, { [oddKey]: before });
	else if (what === 6) put(oddKey, structuredClone(oddValue));
	else put(at, structuredClone(other[from]));
}

const wire = (tree: Json): string =>
	JSON.stringify(tree)
		.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.replace(/"(@[a-zA-Z]+)"/g, (text, name: string) => RAW[name] ?? text);

/** Bytes like those of one of these deliveries, with a few changes of their content, their bits and their length. */
export function mutated(deliveries: Buffer[]): fc.Arbitrary<{ original: Buffer; body: Buffer }> {
	return fc
		.record({
			original: fc.constantFrom(...deliveries),
			mutations: fc.array(mutation, { maxLength: 5 }),
			flips: fc.oneof(
				{ weight: 3, arbitrary: fc.constant([]) },
				{ weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 4 }) },
			),
			cut: fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(200) }),
		})
		.map(({ original, mutations, flips, cut }) => {
			const tree = JSON.parse(original.toString('utf8')) as Json;
			for (const one of mutations) apply(tree, one);
			const body = Buffer.from(wire(tree));
			for (const [at, bit] of flips) body[at % body.length] ^= 1 << bit;
			return { original, body: body.subarray(0, Math.max(0, body.length - cut)) };
		});
}
