import type { CanaryStage } from '../stage.mts';

/** Something that n8n does, documented or not, and that the package counts on. */
export type Behaviour = {
	/** Goes on after "n8n". */
	name: string;
	/** What would suffer without it. */
	leans: string;
	/** The first n8n here that does it; all of them, where nothing is said. */
	since?: string;
	/** The smallest program that tells. */
	shows(stage: CanaryStage): Promise<boolean>;
};
