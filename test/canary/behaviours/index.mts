import { isAtLeast } from '../../../sandbox/n8n/versions.mts';
import type { CanaryStage } from '../stage.mts';
import { actions } from './action.mts';
import type { Behaviour } from './define.mts';
import { login } from './login.mts';
import { triggers } from './trigger.mts';

export type { Behaviour } from './define.mts';

/** Everything that the package counts on. */
export const BEHAVIOURS: Behaviour[] = [...login, ...triggers, ...actions];

/** Whether a version of n8n should behave so. */
const isExpected = ({ since }: Behaviour, version: string): boolean => since === undefined || isAtLeast(version, since);

/** Names the change, or says nothing. @returns a sentence for whoever has to act on it */
export async function watch(behaviour: Behaviour, stage: CanaryStage, version: string): Promise<string | undefined> {
	let ending = '';
	const isSeen = await behaviour.shows(stage).catch((error: Error) => {
		ending = ` Its program ended with: ${error.message}`;
		return false;
	});
	if (isSeen === isExpected(behaviour, version)) return undefined;
	return `n8n ${version} ${isSeen ? 'now' : 'no longer'}: ${behaviour.name}. The package leans on it for ${behaviour.leans}.${ending}`;
}
