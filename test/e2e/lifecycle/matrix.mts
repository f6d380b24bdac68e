/** One row: what happened, and what Meta was asked to write and has afterwards. */
export interface Row {
	row: string;
	writes: string[];
	callback: string;
	accounts: Record<string, string>;
}

const accountsIn = ({ accounts }: Row): string =>
	Object.entries(accounts).map(([username, fields]) => `${username.replace('sandbox_', '')}: ${fields}`).join('; ') || 'none';

/** The rows so far, as a table of Markdown that a terminal shows as well. */
export function tableOf(rows: Row[]): string {
	const cells = rows.map((row) => [row.row, row.writes.join(', ') || 'nothing', row.callback, accountsIn(row)]);
	const all = [['what happens', 'written at Meta', 'callback afterwards', 'accounts afterwards'], ...cells];
	const widths = all[0].map((_head, column) => Math.max(...all.map((line) => line[column].length)));
	const lines = all.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
	return [lines[0], `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.slice(1)].join('\n');
}
