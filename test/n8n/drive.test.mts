import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorOf, N8nClient, N8nError, outputOf } from '../../sandbox/n8n/drive.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { startN8n, type RunningN8n } from '../../sandbox/n8n/start.mts';
import { startProvider, type Provider } from './provider.mts';
import { writeTinyPackage } from './tinyPackage.mts';
import { coreWebhook, workflow } from './workflows.mts';

const INSTALL_AND_BOOT_MS = 20 * 60_000; // only the very first time on a machine
const BOOT_MS = 120_000;

let root: string;
let provider: Provider;
let n8n: RunningN8n;
const lines: string[] = [];
let client: N8nClient;

const post = async (url: string, body: object) =>
	await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'n8n-drive-test-'));
	provider = await startProvider();
	n8n = await startN8n({
		n8nDir: await installN8n(),
		packageDir: await writeTinyPackage(join(root, 'package')),
		userFolder: join(root, 'user'),
		onLog: (line) => lines.push(line),
	});
	client = await N8nClient.open(n8n.url);
}, INSTALL_AND_BOOT_MS);

afterAll(async () => {
	await n8n?.stop();
	provider?.stop();
	await rm(root, { recursive: true, force: true });
}, 60_000);

describe('a running n8n', () => {
	it('keeps its folder private and has loaded the package', async () => {
		expect((await stat(n8n.userFolder)).mode & 0o777).toBe(0o700);
		const types = (await client.nodes.list('n8n-nodes-tiny.')).map(({ name }) => name);
		expect(types).toEqual(expect.arrayContaining([n8n.packageType('tiny'), n8n.packageType('tinyTrigger')]));
		const described = await client.nodes.describe(n8n.packageType('tinyTrigger'), 2);
		expect(described.displayName).toBe('Tiny Trigger');
	});

	it('prints to its log file, and never tried to reach the internet', async () => {
		const log = await readFile(n8n.logFile, 'utf8');
		expect(log).toContain('Version: 2.41.1');
		expect(lines).toContain('Version: 2.41.1');
		expect(log).not.toMatch(/ENOTFOUND|EAI_AGAIN|api\.n8n\.io/);
	});
});

describe('credentials', () => {
	it('are created, redacted, changed and tested', async () => {
		const data = { apiKey: 'wrong', baseUrl: provider.url };
		const { id } = await client.credentials.create('tinyApi', 'A key', data);
		expect(await client.credentials.test(id)).toMatchObject({ status: 'Error' });
		expect((await client.credentials.getData(id)).apiKey).not.toBe('wrong');
		expect(await client.credentials.test(id, { apiKey: 'right' })).toMatchObject({ status: 'OK' });
		await client.credentials.update(id, { apiKey: 'right' });
		expect(await client.credentials.test(id)).toMatchObject({ status: 'OK' });
		expect(await client.credentials.getData(id)).toMatchObject({ baseUrl: provider.url });
	});

	it('connect through the OAuth2 pop-up, and pass on why they could not', async () => {
		const { id } = await client.credentials.create('oAuth2Api', 'A login', {
			grantType: 'authorizationCode',
			authUrl: `${provider.url}/authorize`,
			accessTokenUrl: `${provider.url}/token`,
			clientId: 'id',
			clientSecret: 'secret',
			scope: 'read',
			authentication: 'body',
		});
		const consent = async (authorizeUrl: string) => {
			const asked = new URL(authorizeUrl).searchParams;
			expect(asked.get('redirect_uri')).toBe(client.credentials.oauthRedirectUri);
			return `${asked.get('redirect_uri')}?code=abc&state=${encodeURIComponent(asked.get('state') ?? '')}`;
		};
		provider.refuse = true;
		const failure: unknown = await client.credentials.connectOAuth2(id, consent).catch((error) => error);
		expect(failure).toBeInstanceOf(N8nError);
		expect((failure as N8nError).message).toContain('invalid_grant');

		provider.refuse = false;
		await client.credentials.connectOAuth2(id, consent);
		expect(await client.credentials.getData(id)).toHaveProperty('oauthTokenData');
	});
});

describe('workflows and executions', () => {
	it(
		'activate, run by a webhook, show their output, survive a restart, deactivate',
		async () => {
			const { id } = await client.workflows.import(coreWebhook('hello'));
			await client.workflows.activate(id);
			const { production } = await client.workflows.webhookUrls(id, 'Start');
			expect(production).toBe(`${n8n.url}/webhook/hello`);
			expect((await post(production, { hello: 'you' })).status).toBe(200);
			const first = await client.executions.waitFor(id);
			expect(outputOf(first, 'Start')).toMatchObject([{ body: { hello: 'you' } }]);
			expect(errorOf(first)).toBeUndefined();

			const pid = n8n.pid;
			await n8n.restart();
			expect(n8n.pid).not.toBe(pid);
			client = await N8nClient.open(n8n.url);
			await post(production, { hello: 'again' });
			const second = await client.executions.waitFor(id, { after: first.id });
			expect(outputOf(second, 'Start')).toMatchObject([{ body: { hello: 'again' } }]);

			await client.workflows.deactivate(id);
			expect((await post(production, {})).status).toBe(404);
			await client.workflows.delete(id);
			await expect(client.workflows.get(id)).rejects.toMatchObject({ status: 404 });
		},
		BOOT_MS,
	);

	it('refuse a second workflow on the same path', async () => {
		const first = await client.workflows.import(coreWebhook('taken'));
		const second = await client.workflows.import(coreWebhook('taken'));
		await client.workflows.activate(first.id);
		await expect(client.workflows.activate(second.id)).rejects.toThrow(/conflict/i);
	});

	it("report a trigger's own activation error, which n8n knows only after its retries", async () => {
		const failing = workflow({
			type: n8n.packageType('tinyTrigger'),
			typeVersion: 2,
			parameters: { failure: 'the provider said no' },
		});
		const { id } = await client.workflows.import(failing);
		await expect(client.workflows.activate(id)).rejects.toThrow('"Start": the provider said no');
		await client.workflows.deactivate(id);
	}, 60_000);

	it('show which node failed, with message and description', async () => {
		const tiny = { type: n8n.packageType('tiny'), parameters: { message: 'it broke' } };
		const { id } = await client.workflows.import(coreWebhook('breaks', tiny));
		await client.workflows.activate(id);
		const { production } = await client.workflows.webhookUrls(id, 'Start');
		await post(production, {});
		const execution = await client.executions.waitFor(id);
		expect(execution.status).toBe('error');
		expect(errorOf(execution)).toMatchObject({
			message: 'it broke',
			description: 'what to do',
			node: 'Next',
		});
	});

	it('listen for a test event, and stop listening', async () => {
		const trigger = workflow({ type: n8n.packageType('tinyTrigger'), typeVersion: 2 });
		const { id } = await client.workflows.import(trigger);
		const { test } = await client.workflows.webhookUrls(id, 'Start');
		await client.executions.listen(id, 'Start');
		expect((await post(test, { n: 1 })).status).toBe(200);
		expect(outputOf(await client.executions.waitFor(id), 'Start')).toEqual([{ n: 1 }]);

		await client.executions.listen(id, 'Start');
		await client.executions.stopListening(id);
		// Nothing tells when n8n has taken the address back, and a call that came too early would itself end the listening.
		await delay(3000);
		expect((await post(test, { n: 2 })).status).toBe(404);
	});

	it('run by hand', async () => {
		const manual = workflow({ type: 'n8n-nodes-base.manualTrigger' }, { type: 'n8n-nodes-base.noOp' });
		const { id } = await client.workflows.import(manual);
		const run = await client.executions.run(id, { trigger: 'Start' });
		expect(run).toHaveProperty('executionId');
		expect(outputOf(await client.executions.waitFor(id), 'Next')).toEqual([{}]);
	});
});

describe('pickers', () => {
	it('search and load options with the credential put into the node', async () => {
		const key = await client.credentials.create('tinyApi', 'Key', { apiKey: 'right', baseUrl: provider.url });
		const tiny = { type: n8n.packageType('tiny'), parameters: { auth: 'key' } };
		const { nodes } = await client.workflows.import(coreWebhook('picker', tiny), {
			credentials: { tinyApi: key },
		});
		const node = nodes[1];
		expect(node.credentials).toEqual({ tinyApi: key });
		const request = { node, method: 'find', filter: 'me', paginationToken: 'second' };
		expect((await client.nodes.listSearch(request)).results).toEqual([
			{ name: 'found me with right', value: 'second' },
		]);
		expect(await client.nodes.loadOptions({ node, method: 'colours' })).toEqual([{ name: 'Red', value: 'red' }]);
	});
});

describe('the end of n8n', () => {
	it('is an error with the log when it comes early', async () => {
		await expect(
			startN8n({
				n8nDir: join(root, 'package'),
				packageDir: join(root, 'package'),
				userFolder: join(root, 'other'),
			}),
		).rejects.toThrow(/n8n exited early \(code 1\)\. End of .+n8n\.log:[\s\S]+Cannot find module/);
	});

	it(
		'comes when the process that started it is killed, also in the folder of a crashed one',
		async () => {
			await n8n.kill();
			await n8n.stop();
			await expect(fetch(n8n.url)).rejects.toThrow();
			const script = join(__dirname, 'orphan.mts');
			const args = [script, await installN8n(), join(root, 'package'), n8n.userFolder];
			const pid = await new Promise<number>((resolve) => {
				execFile(process.execPath, args, (_error, stdout) => resolve(Number(stdout)));
			});
			expect(pid).toBeGreaterThan(0);
			const isAlive = () => {
				try {
					return process.kill(pid, 0);
				} catch {
					return false;
				}
			};
			for (let tries = 0; isAlive() && tries < 350; tries++) await delay(100);
			expect(isAlive()).toBe(false);
			expect(await readFile(n8n.logFile, 'utf8')).toMatch(/Stopping n8n\.\.\.\s*$/);
		},
		BOOT_MS,
	);
});
