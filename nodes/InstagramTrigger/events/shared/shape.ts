import type { IDataObject } from 'n8n-workflow';
import { isoFromWebhook } from '../../../meta/time';
import { asId, asText, isObject } from './values';

type Value = IDataObject[string];
/** Key of Meta's object, or how to find the value in it. */
type Source = string | ((from: IDataObject) => unknown);

/** One key of an item: its type and meaning for the documentation, and how it is read from Meta's object. */
export type Field = {
	type: string;
	description: string;
	read: (from: IDataObject) => Value;
	/** Keys of the object, or of each object in the list. */
	inner?: Shape;
};

/** Keys of an item, or of an object in it. An object that is read with a shape always has all its keys. */
export type Shape = Record<string, Field>;

const find = (source: Source, from: IDataObject): unknown => (typeof source === 'string' ? from[source] : source(from));

const field =
	<T extends Value>(type: string, convert: (value: unknown) => T) =>
	(source: Source, description: string): Field => ({ type, description, read: (from) => convert(find(source, from)) });

const numberFrom = (value: unknown): number | null => {
	const text = asText(value);
	return text === null || text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text);
};

export const id = field('ID or null', asId);
export const text = field('text or null', asText);
/** For what people write: never `null`, so that expressions on it need no guard. */
export const words = field('text', (value) => asText(value) ?? '');
export const count = field('number or null', numberFrom);
/** A number of an insight, of which Meta sends -1 when it is too small to be told. */
export const metric = field('number or null', (value) => {
	const number = numberFrom(value);
	return number === null || number < 0 ? null : number;
});
export const flag = field('true or false', (value) => value === true);
export const time = field('time or null', (value) => isoFromWebhook(asText(value)));
export const texts = field('list of texts', (value) =>
	Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [],
);
/** Whatever Meta sends, as an object. */
export const anyObject = field('object or null', (value) => (isObject(value) ? value : null));

/**
 * Reads an object into `into`: all keys of the shape, whatever is missing on Meta's side. Made once for each shape,
 * because each event of each delivery goes through it.
 */
export function shapeReader(shape: Shape): (from: IDataObject, into?: IDataObject) => IDataObject {
	const fields = Object.entries(shape).map(([key, { read }]) => ({ key, read }));
	return (from, into = {}) => {
		for (const { key, read } of fields) into[key] = read(from);
		return into;
	};
}

/** An object of its own, or `null` when Meta sends none. */
export function object(source: Source, description: string, inner: Shape): Field {
	const readInner = shapeReader(inner);
	return {
		type: 'object or null',
		description,
		inner,
		read: (from) => {
			const value = find(source, from);
			return isObject(value) ? readInner(value) : null;
		},
	};
}

/** An object of its own that is always there. */
export function ownObject(source: Source, description: string, inner: Shape): Field {
	const readInner = shapeReader(inner);
	return {
		type: 'object',
		description,
		inner,
		read: (from) => {
			const value = find(source, from);
			return readInner(isObject(value) ? value : {});
		},
	};
}

/** A field that is `null` where Meta's object lacks the key. */
export function whenPresent(key: string, one: Field): Field {
	return {
		...one,
		type: 'object or null',
		read: (from) => (isObject(from[key]) ? one.read(from) : null),
	};
}

/** A list of objects; empty when Meta sends none. */
export function list(source: Source, description: string, inner: Shape): Field {
	const readInner = shapeReader(inner);
	return {
		type: 'list',
		description,
		inner,
		read: (from) => {
			const value = find(source, from);
			return Array.isArray(value) ? value.filter(isObject).map((one) => readInner(one)) : [];
		},
	};
}
