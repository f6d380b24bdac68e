import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createN8nClock, type N8nClock } from '../n8n/clock.mts';
import { installN8n } from '../n8n/install.mts';
import { N8nClient, type CredentialRef, type StoredWorkflow, type WorkflowJson } from '../n8n/drive.mts';
import { fillHome } from '../n8n/migratedHome.mts';
import { startN8n, type RunningN8n, type StartOptions } from '../n8n/start.mts';
import { createSandbox, type Sandbox } from '../server.mts';
import type { SandboxOptions } from '../world/options.mts';
import { SandboxControl } from './control.mts';
import { continueLogin, type Choices } from './person.mts';

export const OAUTH_CREDENTIAL = 'instagramFacebookLoginOAuth2Api';

/** An n8n in a folder of its own. */
export type N8nHome = {
	n8n: RunningN8n;
	/** Where its clock follows the sandbox's. */
	clock?: N8nClock;
	/** Ends n8n and removes its folder. */
	close(): Promise<void>;
};

/** What `setStage` may be told; every part has a default. */
export type StageOptions = {
	sandbox?: SandboxOptions;
	/** Folder from `installN8n` (default: the n8n that is asked for). */
	n8nDir?: string;
	n8nPort?: number;
	/** Overrides of n8n's environment. */
	n8nEnv?: Record<string, string | undefined>;
	/** Whether n8n starts with tables and an owner that are copied (default: it makes them, which takes longer). */
	isMigrated?: boolean;
	/** Whether `control.advanceClock` moves n8n's clock, too. */
	followSandboxClock?: boolean;
	/** An n8n that runs already, and goes on when the stage closes; what the options say of n8n then counts for nothing. */
	home?: N8nHome;
	/** How n8n is started (default: `startN8n`); the stage talks to what this returns. */
	start?: (options: StartOptions) => Promise<RunningN8n>;
	/** Receives a line when something begins or goes on. */
	report?: (line: string) => void;
};

/** A sandbox and a real n8n with this package, side by side, and the means to act on both. */
export type Stage = {
	sandbox: Sandbox;
	control: SandboxControl;
	n8n: RunningN8n;
	client: N8nClient;
	/** Values that connect a Facebook Login credential to the sandbox; `more` overrides them. */
	loginData(more?: Record<string, unknown>): Promise<Record<string, unknown>>;
	/** Creates a Facebook Login credential and connects it through the pop-up, as a person does. */
	connect(name?: string, more?: Record<string, unknown>, choices?: Choices): Promise<CredentialRef>;
	/** Imports one of `examples/` with a credential in its nodes; `edit` may change it first. */
	importExample(
		file: string,
		credential: CredentialRef,
		edit?: (workflow: WorkflowJson) => void,
	): Promise<StoredWorkflow>;
	/** Ends both and removes n8n's folder. */
	close(): Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

const removeFolder = async (folder: string) => await rm(folder, { recursive: true, force: true, maxRetries: 3 });

/** The home of an n8n that runs. */
export function homeOf(n8n: RunningN8n, clock?: N8nClock): N8nHome {
	const close = async () => {
		await n8n.stop();
		await removeFolder(n8n.userFolder);
	};
	return { n8n, clock, close };
}

/** Starts n8n with this package in a new folder. The built package (`dist`) must exist; `sandbox/setup.mjs` sees to that. */
export async function startHome(options: StageOptions = {}): Promise<N8nHome> {
	const n8nDir = options.n8nDir ?? (await installN8n(options.report));
	options.report?.('Starting the sandbox and n8n');
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-instagram-'));
	if (options.isMigrated) await fillHome(n8nDir, root, userFolder);
	const clock = options.followSandboxClock ? await createN8nClock(userFolder) : undefined;
	// n8n 1 keeps files in memory, where nobody can fetch them; later ones keep them so by themselves.
	const env = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', ...clock?.env, ...options.n8nEnv };
	const started = (options.start ?? startN8n)({ n8nDir, packageDir: root, userFolder, port: options.n8nPort, env });
	const n8n = await started.catch(async (error: Error) => {
		await removeFolder(userFolder);
		throw error;
	});
	return homeOf(n8n, clock);
}

/** Starts both sides. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
	// First, so that a port that is taken is told before n8n has been installed and started.
	const sandbox = await createSandbox(options.sandbox);
	const started = async () =>
		await startHome(options).catch(async (error: Error) => {
			await sandbox.close();
			throw error;
		});
	const home = options.home ?? (await started());
	const { n8n, clock } = home;
	const client = await N8nClient.open(n8n.url);
	const control = new SandboxControl(sandbox.url, async (now) => {
		await clock?.set(now);
		await clock?.untilSeen(client.session, now);
	});
	const { apps } = await control.world();
	await control.call('PATCH', `/apps/${apps[0].id}`, { redirectUris: [client.credentials.oauthRedirectUri] });

	const loginData = async (more: Record<string, unknown> = {}) => {
		const [app] = (await control.world()).apps;
		return {
			clientId: app.id,
			clientSecret: app.secret,
			graphBaseUrl: sandbox.graphUrl,
			loginBaseUrl: sandbox.loginUrl,
			...more,
		};
	};
	return {
		sandbox,
		control,
		n8n,
		client,
		loginData,
		async connect(name = 'Instagram (sandbox)', more = {}, choices = {}) {
			const credential = await client.credentials.create(OAUTH_CREDENTIAL, name, await loginData(more));
			await client.credentials.connectOAuth2(credential.id, async (url) => await continueLogin(url, choices));
			return credential;
		},
		async importExample(file, credential, edit) {
			const workflow = JSON.parse(await readFile(join(root, 'examples', file), 'utf8')) as WorkflowJson;
			edit?.(workflow);
			return await client.workflows.import(workflow, { credentials: { [OAUTH_CREDENTIAL]: credential } });
		},
		async close() {
			if (!options.home) await home.close();
			await sandbox.close();
		},
	};
}
