/** A readable account of what happens, a line per step. */
export type Transcript = {
	/**
	 * Runs a step and prints how it ended. What `run` returns is printed when it is text.
	 * @param run may report progress, shown while it runs
	 */
	step<T>(title: string, run: (report: (line: string) => void) => Promise<T>): Promise<T>;
	say(text: string): void;
	/** Time since the transcript began, as a person would say it. */
	elapsed(): string;
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Begins a transcript on standard output. */
export function openTranscript(print: (text: string) => void = (text) => void process.stdout.write(text)): Transcript {
	const begun = Date.now();
	return {
		async step(title, run) {
			const startedAt = Date.now();
			print(`... ${title}\n`);
			try {
				const result = await run((line) => print(`    ${line}\n`));
				print(`ok  ${title} (${seconds(Date.now() - startedAt)})\n`);
				if (typeof result === 'string') print(`    ${result}\n`);
				return result;
			} catch (error) {
				print(`FAILED  ${title} (${seconds(Date.now() - startedAt)})\n`);
				throw error;
			}
		},
		say: (text) => print(`${text}\n`),
		elapsed: () => seconds(Date.now() - begun),
	};
}
