import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { bareOf, filled, fullOf } from '../../tools/docs/rehearse.mts';

/** What must turn up nowhere: the text of a file, a variable of the environment, and what a sum comes to. */
export const MARKS = { file: 'text-of-a-file', environment: 'text-of-a-variable', sum: '42000126' };

/** Hostile texts are told how to get at these. */
export function plantMarks(): string {
	const file = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'secret.txt');
	writeFileSync(file, MARKS.file);
	process.env.HOSTILE_VARIABLE = MARKS.environment;
	return file;
}

/** What an agent, or a stranger's text in its hands, may put into any field. */
export function hostileValues(file: string): unknown[] {
	const stored = `filesystem-v2:../../../../../..${file}`;
	return [
		'..',
		'../',
		'../me/accounts',
		'me',
		'17895695668004550/../me',
		'17895695668004550?method=delete&a=',
		'17895695668004550#x',
		'%2e%2e',
		'%2e%2e%2fme',
		'17895695668004550%3Fmethod%3Ddelete',
		'a/b',
		'@evil.example/',
		'https://evil.example/v25.0/me',
		'//evil.example',
		`file://${file}`,
		file,
		'',
		'1'.repeat(10_000),
		'x\r\nX-Evil: 1\r\n\r\n\u0000\u001b[2J',
		'{{ $env.HOSTILE_VARIABLE }}',
		'={{ $env.HOSTILE_VARIABLE + 6 * 7 * 1000003 }}',
		'__proto__',
		'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
		JSON.parse('{"__proto__":{"polluted":true}}'),
		{ id: stored, mimeType: 'image/jpeg', data: stored, fileName: '../../x', directory: '/etc' },
		{ __rl: true, mode: 'url', value: '../me' },
		['../', '..'],
		Number.MAX_VALUE,
		true,
		null,
	];
}

/** The worst of them, for fields that hold no text, for those in Options and rows, and for other surroundings. */
export const WORST: unknown[] = [
	'../me/accounts',
	'17895695668004550?method=delete&a=',
	'={{ $env.HOSTILE_VARIABLE + 6 * 7 * 1000003 }}',
	JSON.parse('{"__proto__":{"polluted":true}}'),
	null,
];

/** Parameters of an operation with a value in one field. */
export type Fill = (value: unknown) => IDataObject;

/** One field, in the fewest parameters that are right but for it, and among as many as there can be; `isMain` when it is a text of its own. */
export type Target = { isMain: boolean; alone: Fill; among: Fill };

type Place = { keys: string[]; field: INodeProperties };

/** The fields of an operation, those in Options and in rows included. */
function placesIn(fields: INodeProperties[], keys: string[] = []): Place[] {
	return fields.flatMap((field): Place[] => {
		const own = [...keys, field.name];
		if (field.type === 'collection') return placesIn(field.options as INodeProperties[], own);
		if (field.type !== 'fixedCollection') return [{ keys: own, field }];
		const groups = (field.options ?? []) as Array<{ name: string; values: INodeProperties[] }>;
		return groups.flatMap(({ name, values }) => placesIn(values, [...own, name, '0']));
	});
}

/** The choices under which a field is shown, and those under which these are. */
function choicesFor({ displayOptions }: INodeProperties, fields: INodeProperties[]): IDataObject {
	const shows = Object.entries(displayOptions?.show ?? {}).map(([name, values]) => [
		name.replace(/^\//, ''),
		values?.[0],
	]);
	const above = shows.flatMap(([name]) => fields.filter((field) => field.name === name));
	return Object.assign(
		{},
		...above.map((field) => choicesFor(field, fields)),
		Object.fromEntries(shows),
	) as IDataObject;
}

/** A copy of the parameters with a value at a place; rows and collections on the way are filled in. */
function withValue(parameters: IDataObject, [key, ...rest]: string[], value: unknown): IDataObject {
	const copy = (Array.isArray(parameters) ? [...(parameters as unknown[])] : { ...parameters }) as IDataObject;
	if (rest.length === 0) copy[key] = value as never;
	else copy[key] = withValue((copy[key] ?? (rest[0] === '0' ? [] : {})) as IDataObject, rest, value) as never;
	return copy;
}

/** Every field of an operation. */
export function targetsOf(fields: INodeProperties[]): Target[] {
	// The same in all operations: it has tests of its own.
	const places = placesIn(fields).filter(({ field }) => field.name !== 'rateLimitWait');
	return places.map(({ keys, field }) => {
		const top = fields.find(({ name }) => name === keys[0]) as INodeProperties;
		const choices = { ...choicesFor(top, fields), ...choicesFor(field, fields) };
		const rows = keys.length > 1 && top.type !== 'collection' ? { [top.name]: filled(top) } : {};
		const within =
			(given: object): Fill =>
			(value) =>
				withValue({ ...given, ...choices } as IDataObject, keys, value);
		return {
			isMain: keys.length === 1 && ['string', 'json', 'dateTime', 'resourceLocator'].includes(field.type),
			alone: within({ ...bareOf(fields), ...rows }),
			among: within(fullOf(fields)),
		};
	});
}
