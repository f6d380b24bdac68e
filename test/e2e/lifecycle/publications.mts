import { isAtLeast, wantedVersion } from '../../../sandbox/n8n/versions.mts';

/**
 * Whether n8n publishes workflows: it then leaves a trigger alone that did not change, tries a failing one five times,
 * and takes up what a crash cut off. Before, it tries once, and a crash in the middle of a deactivation leaves the
 * workflow active.
 */
export const PUBLISHES = isAtLeast(wantedVersion(), '2.40');

/** Whether n8n takes the trigger of an active workflow down and up again when it is activated once more. */
export const TAKES_DOWN_FIRST = !PUBLISHES && isAtLeast(wantedVersion(), '2.0');

/** What that writes. */
export const RENEWED = ['DELETE callback', 'POST callback'];
