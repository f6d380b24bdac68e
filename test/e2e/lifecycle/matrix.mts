/** One row: what happened, and what Meta was asked to write and has afterwards. */
export type Row = {
	row: string;
	writes: string[];
	callback: string;
	accounts: Record<string, string>;
};

const LONGEST_CYCLE = 4;

/** How often the cycle of this length that begins here follows itself. */
function repeats(list: string[], start: number, length: number): number {
	let count = 1;
	while (list.slice(start, start + length).every((one, index) => list[start + count * length + index] === one)) count++;
	return count;
}

/** `5 × (a, b)` for what n8n tried five times: the cycle that saves most, and of equals the last. */
function folded(list: string[]): string {
	let best = { start: 0, length: 0, count: 1 };
	for (let length = 1; length <= LONGEST_CYCLE; length++) {
		for (let start = 0; start + length <= list.length; start++) {
			const count = repeats(list, start, length);
			if (count > 1 && (count - 1) * length >= (best.count - 1) * best.length) best = { start, length, count };
		}
	}
	const { start, length, count } = best;
	const cycle = list.slice(start, start + length).join(', ');
	const words = count > 1 ? [`${count} × ${length > 1 ? `(${cycle})` : cycle}`] : [];
	return [...list.slice(0, start), ...words, ...list.slice(start + count * length)].join(', ') || 'nothing';
}

const short = (text: string): string => text.replaceAll('sandbox_', '');

const accountsIn = ({ accounts }: Row): string =>
	Object.entries(accounts)
		.map(([username, fields]) => `${username}: ${fields}`)
		.join('; ') || 'none';

/** The rows so far, as a table of Markdown that a terminal shows as well. */
export function tableOf(rows: Row[]): string {
	const cells = rows.map((row) => [row.row, folded(row.writes), row.callback, accountsIn(row)].map(short));
	const all = [['what happens', 'written at Meta', 'callback afterwards', 'accounts afterwards'], ...cells];
	const widths = all[0].map((_head, column) => Math.max(...all.map((line) => line[column].length)));
	const lines = all.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
	return [lines[0], `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.slice(1)].join('\n');
}
