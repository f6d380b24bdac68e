/** Median, smallest and largest of repeated measurements. */
export type Spread = {
	median: number;
	min: number;
	max: number;
};

/** More digits would be noise. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** @param values at least one */
export function spread(values: number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	return { median: rounded(median), min: rounded(sorted[0]), max: rounded(sorted[sorted.length - 1]) };
}

const digits = (value: number): string =>
	value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** `median (min to max)` with three digits or so. */
export function show({ median, min, max }: Spread): string {
	return `${digits(median)} (${digits(min)} to ${digits(max)})`;
}

/** A Markdown table. @param rows cells of each row; the first row is the heading */
export function table(rows: string[][]): string {
	const [heading, ...body] = rows;
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(heading), line(heading.map(() => '---')), ...body.map(line)].join('\n');
}
