/** One row: what happened, and what Meta was asked to write and has afterwards. */
export interface Row {
	row: string;
	writes: string[];
	callback: string;
	accounts: Record<string, string>;
}

const LONGEST_CYCLE = 4;

/** `5 × (a, b)` for what n8n tried five times. */
function folded(list: string[]): string {
	for (let length = 1; length <= LONGEST_CYCLE; length++) {
		for (let start = 0; start + 2 * length <= list.length; start++) {
			const cycle = list.slice(start, start + length);
			let count = 1;
			while (cycle.every((one, index) => list[start + count * length + index] === one)) count++;
			if (count === 1) continue;
			const words = length === 1 ? `${count} × ${cycle[0]}` : `${count} × (${cycle.join(', ')})`;
			return [...list.slice(0, start), words, ...list.slice(start + count * length)].join(', ');
		}
	}
	return list.join(', ') || 'nothing';
}

const short = (text: string): string => text.replaceAll('sandbox_', '');

const accountsIn = ({ accounts }: Row): string =>
	Object.entries(accounts).map(([username, fields]) => `${username}: ${fields}`).join('; ') || 'none';

/** The rows so far, as a table of Markdown that a terminal shows as well. */
export function tableOf(rows: Row[]): string {
	const cells = rows.map((row) => [row.row, folded(row.writes), row.callback, accountsIn(row)].map(short));
	const all = [['what happens', 'written at Meta', 'callback afterwards', 'accounts afterwards'], ...cells];
	const widths = all[0].map((_head, column) => Math.max(...all.map((line) => line[column].length)));
	const lines = all.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
	return [lines[0], `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.slice(1)].join('\n');
}
