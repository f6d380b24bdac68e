import { countEach, type Outcome } from './outcome.mts';

/** Who got which event: a life is one process from its start to its end. */
export interface Lives {
	/** Notes that a process got a request, whatever became of it. */
	got(life: string, body: Buffer): void;
	/** Genuine events that were taken more often than there are processes that got them. */
	takenTooOften(outcomes: Outcome[]): string[];
	/** Genuine events that came to one process more than once. */
	repeatedWithinLife(): string[];
}

const IDS = /\bstorm-\d{4}\b/g;

export function createLives(): Lives {
	const servings = new Map<string, string[]>();
	const livesOf = (id: string) => new Set(servings.get(id)).size;
	return {
		got(life, body) {
			for (const id of new Set(body.toString('utf8').match(IDS))) servings.set(id, [...(servings.get(id) ?? []), life]);
		},
		takenTooOften(outcomes) {
			const taken = countEach(outcomes.flatMap(({ started }) => started));
			return [...taken].filter(([id, count]) => count > livesOf(id)).map(([id]) => id);
		},
		repeatedWithinLife: () => [...servings].filter(([id, all]) => all.length > livesOf(id)).map(([id]) => id),
	};
}
