import { FACEBOOK, notChecked, ok, warning, type Check } from './define';
import { valueOf } from './read';

/** Clocks differ by seconds; tokens and windows do not mind. */
const TOLERATED_MS = 5 * 60 * 1000;

/** A token that was issued in the future proves that this machine's clock is slow. The other way round nothing tells. */
export const clock: Check = {
	check: 'clock',
	name: 'Clock',
	kinds: FACEBOOK,
	follows: ['tokenValid', 'app'],
	run: ({ token, now }) => {
		const issued = valueOf(token)?.issued_at;
		if (!issued) return notChecked('Meta does not tell when the token was made, so the clocks cannot be compared');
		const behind = issued * 1000 - now;
		if (behind <= TOLERATED_MS) return ok("Nothing speaks against this machine's clock");
		return warning(
			`The clock of the machine that runs n8n is at least ${Math.ceil(behind / 60_000)} minutes behind Meta's`,
			'Switch on time synchronisation (NTP) there. With a wrong clock tokens are renewed too late',
		);
	},
};
