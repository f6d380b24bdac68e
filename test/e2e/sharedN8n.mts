import { homeOf, startHome, type N8nHome } from '../../sandbox/demo/stage.mts';
import { N8nClient } from '../../sandbox/n8n/drive.mts';
import { isGone, runningN8n, type N8nInstance } from '../../sandbox/n8n/start.mts';

/** Set by `environment.cjs`: the same list for all test files of a worker. Absent where a run brings another environment. */
const parked = (globalThis as { parkedN8n?: N8nInstance[] }).parkedN8n;

/** An n8n that one test file after the other uses. */
export type SharedN8n = {
	home: N8nHome;
	/** Empties it for the next one; `close` of the home ends it instead. */
	park(): Promise<void>;
};

type Listed = { id: string; projectId?: string };

/** Takes out all that a test file put into n8n, while what its workflows speak to is still there. */
async function empty(url: string): Promise<void> {
	const { session, workflows } = await N8nClient.open(url);
	const all = async (path: string) => await session.call<Listed[]>('GET', path);
	for (const { id } of await all('/workflows')) {
		// n8n deletes nothing whose triggers it is still taking back.
		await workflows.deactivate(id);
		await workflows.delete(id);
	}
	for (const { id } of await all('/credentials')) await session.call('DELETE', `/credentials/${id}`);
	const { data } = await session.call<{ data: Listed[] }>('GET', '/data-tables-global');
	for (const { id, projectId } of data) await session.call('DELETE', `/projects/${projectId}/data-tables/${id}`);
}

/** Takes the n8n that the test file before left, or starts one; `undefined` where files share nothing. */
export async function takeN8n(env: Record<string, string>): Promise<SharedN8n | undefined> {
	if (!parked) return undefined;
	const instance = parked.pop();
	const home = instance ? homeOf(runningN8n(instance)) : await startHome({ isMigrated: true, n8nEnv: env });
	return {
		home,
		async park() {
			const { n8n } = home;
			if (isGone(n8n.instance)) {
				await home.close();
				return;
			}
			await empty(n8n.url).catch(async (error: Error) => {
				await home.close();
				throw error;
			});
			// A worker that has run its last file ends; the n8n ends with it.
			n8n.instance.child.unref();
			(n8n.instance.child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
			parked.push(n8n.instance);
		},
	};
}
