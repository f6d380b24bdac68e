import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { OWNER, poll, type Session } from './drive/session.mts';

const preload = fileURLToPath(new URL('clock.cjs', import.meta.url));
/** Twice what `clock.cjs` takes to notice: each process that asks for the time afterwards gets the new one. */
const NOTICE_MS = 40;
const TOLERANCE_MS = 2_000;
const TIMEOUT_MS = 5_000;

/** The movable clock of one n8n; all its processes read it from a file. */
export type N8nClock = {
	/** Variables for the environment of n8n. */
	readonly env: Record<string, string>;
	/** Lets n8n live at this moment (milliseconds since 1970) from now on; time goes on at its usual pace. */
	set(now: number): Promise<void>;
	/**
	 * Resolves when n8n lives at `now` or later. Logs in again for it: the new session's time of issue is n8n's own
	 * word, and a jump of weeks has ended the old session.
	 * @throws Error when n8n does not follow, as when it was started without `env`
	 */
	untilSeen(session: Session, now: number): Promise<void>;
};

/** Makes a clock that shows the real time. @param folder an existing folder that belongs to this n8n alone */
export async function createN8nClock(folder: string): Promise<N8nClock> {
	const file = join(folder, 'clock');
	const write = async (offsetMs: number) => {
		// A reader must never find the file empty: time would jump back.
		await writeFile(`${file}.new`, String(offsetMs));
		await rename(`${file}.new`, file);
	};
	await write(0);
	return {
		env: {
			N8N_SANDBOX_CLOCK: file,
			NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
			EXECUTIONS_DATA_PRUNE: 'false', // a jump would make all executions too old
			N8N_EXPRESSION_ENGINE: 'legacy', // the isolates of the default engine have a clock that nobody can move
		},
		async set(now) {
			await write(Math.round(now - Date.now()));
			await delay(NOTICE_MS);
		},
		async untilSeen(session, now) {
			const probe = async () => ((await timeOf(session)) >= now - TOLERANCE_MS ? true : undefined);
			await poll(probe, { timeoutMs: TIMEOUT_MS, what: `n8n's clock to show ${new Date(now).toISOString()}` });
		},
	};
}

/** When n8n, by its own clock, issued a new session; whole seconds, as milliseconds since 1970. */
async function timeOf(session: Session): Promise<number> {
	const { email, password } = OWNER;
	const answer = await session.raw('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	await answer.body?.cancel();
	const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
	const payload = cookie?.split('.')[1];
	if (!payload) throw new Error(`n8n did not log the owner in again (HTTP ${answer.status})`);
	return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iat: number }).iat * 1000;
}
