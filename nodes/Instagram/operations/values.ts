import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Fail } from '../../meta/input/check';

const LOOK = 'If it holds an expression, look at what the expression gives for this item.';

/** Fields that name a file of the item; an expression may give the file itself. */
const FILE_FIELD = /binaryField$/i;

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A text as the operation reads it: an expression may give a number, nothing, or a list where several lines can stand. */
function textOf({ displayName }: INodeProperties, value: unknown, fail: Fail): string {
	if (Array.isArray(value) && value.every(isPlain)) return value.map((entry) => String(entry ?? '')).join('\n');
	if (isPlain(value)) return String(value ?? '');
	throw fail(`"${displayName}" is no text`, `Enter a text. ${LOOK}`);
}

function choiceOf(field: INodeProperties, value: unknown, fail: Fail): unknown {
	const choices = (field.options ?? []) as INodePropertyOptions[];
	if (choices.some((choice) => choice.value === value)) return value;
	const names = choices.map((choice) => String(choice.value)).join(', ');
	throw fail(`"${field.displayName}" has no such choice`, `Choose one of these: ${names}. ${LOOK}`);
}

function partsOf(fields: INodeProperties[], value: unknown, fail: Fail): unknown {
	if (isPlain(value) || Array.isArray(value)) return value;
	return Object.fromEntries(
		Object.entries(value as IDataObject).map(([name, part]) => {
			const field = fields.find((one) => one.name === name);
			return [name, field ? asDeclared(field, part, fail) : part];
		}),
	);
}

function rowsOf({ options = [] }: INodeProperties, value: unknown, fail: Fail): unknown {
	if (isPlain(value) || Array.isArray(value)) return value;
	const groups = options as Array<{ name: string; values: INodeProperties[] }>;
	return Object.fromEntries(
		Object.entries(value as IDataObject).map(([name, rows]) => {
			const fields = groups.find((group) => group.name === name)?.values ?? [];
			return [name, Array.isArray(rows) ? (rows as unknown[]).map((row) => partsOf(fields, row, fail)) : rows];
		}),
	);
}

/**
 * What an expression, or an AI model, gave for a field, as the field's kind promises it to the operation: texts are texts,
 * a choice is one of those that there are, in Options and rows too.
 * @throws what `fail` makes of anything else
 */
export function asDeclared(field: INodeProperties, value: unknown, fail: Fail): unknown {
	if (value === undefined) return value;
	if (field.type === 'string') return FILE_FIELD.test(field.name) ? value : textOf(field, value, fail);
	if (field.type === 'options') return choiceOf(field, value, fail);
	if (field.type === 'collection') return partsOf((field.options ?? []) as INodeProperties[], value ?? {}, fail);
	if (field.type === 'multiOptions') return value ?? [];
	return field.type === 'fixedCollection' ? rowsOf(field, value ?? {}, fail) : value;
}
