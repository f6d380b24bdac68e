import type { RunningN8n } from '../../../sandbox/n8n/start.mts';

const STARTS = 3;

/**
 * Starts an n8n again as a supervisor does (Docker's restart policy, systemd): after a crash, n8n's own recovery can
 * end the first start with an error; the next one leaves the recovery out.
 */
export async function revive(n8n: RunningN8n): Promise<void> {
	for (let start = 1; ; start++) {
		try {
			return await n8n.restart();
		} catch (error) {
			if (start === STARTS) throw error;
		}
	}
}
