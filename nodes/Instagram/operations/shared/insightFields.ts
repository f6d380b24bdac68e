import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { cellsOf, type Told } from '../../../meta/reading/insights';
import type { RunContext } from '../define';

const labelOf = (name: string): string =>
	name
		.replace(/^ig_/, '')
		.replace('avg', 'average')
		.split('_')
		.map((word) => word[0].toUpperCase() + word.slice(1))
		.join(' ');

/** A choice of metrics, each by Meta's name. */
export function metricsField(
	table: Array<{ name: string; description: string }>,
	more: Partial<INodeProperties>,
): INodeProperties {
	return {
		displayName: 'Metrics',
		name: 'metrics',
		type: 'multiOptions',
		default: [],
		...more,
		options: table
			.map(({ name, description }) => ({ name: labelOf(name), value: name, description }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

export const simplifyInsights: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return one item per number, ready for a spreadsheet, instead of the raw data',
};

/** Insights as Simplify says; what Meta did not give is told in an item of its own. `about` begins each row. */
export function shownInsights({ param }: RunContext, about: IDataObject, told: Told[]): IDataObject[] {
	const missing = told.flatMap((one) => one.missing.map(({ metric, note }) => ({ metric, note })));
	if (!param('simplify', true)) {
		return [
			...told.flatMap(({ insights }) => insights),
			...missing.map(({ metric, note }) => ({ name: metric, note })),
		];
	}
	const rows = told.flatMap(cellsOf).map((cell) => ({ ...about, ...cell, note: null }));
	const none = { value: null, period: null, since: null, until: null, breakdown: null, segment: null };
	return [...rows, ...missing.map(({ metric, note }) => ({ ...about, metric, ...none, note }))] as IDataObject[];
}
