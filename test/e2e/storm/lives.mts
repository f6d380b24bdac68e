import { idsOfDelivery } from './ids.mts';
import { countEach, type Outcome } from './outcome.mts';

/** Who got which event: a life is one process from its start to its end. */
export type Lives = {
	/** Notes that a process gets a request, whatever becomes of it. */
	got(life: string, body: Buffer): void;
	/** Events that were taken more often than there are processes that got them. */
	takenTooOften(outcomes: Outcome[]): string[];
	/** Events that came to one process more than once. */
	repeatedWithinLife(): string[];
};

export function createLives(): Lives {
	const servings = new Map<string, string[]>();
	const livesOf = (id: string) => new Set(servings.get(id)).size;
	return {
		got(life, body) {
			for (const id of idsOfDelivery(body)) servings.set(id, [...(servings.get(id) ?? []), life]);
		},
		takenTooOften(outcomes) {
			const taken = countEach(outcomes.flatMap(({ started }) => started));
			return [...taken].filter(([id, count]) => count > livesOf(id)).map(([id]) => id);
		},
		repeatedWithinLife: () => [...servings].filter(([id, all]) => all.length > livesOf(id)).map(([id]) => id),
	};
}
