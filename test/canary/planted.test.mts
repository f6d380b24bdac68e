import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { versionIn } from '../../sandbox/n8n/versions.mts';
import { BEHAVIOURS, watch } from './behaviours/index.mts';
import { openCanaryStage, type CanaryStage } from './stage.mts';

const core = 'n8n-core/dist/execution-engine/';

/** Changes as a next n8n might bring them: where, and the name of the behaviour that they end. */
const PLANTS = [
	{
		file: `${core}node-execution-context/utils/request-helpers/oauth.js`,
		from: '{ ...token.data, ...newToken.data }',
		to: '{ ...newToken.data }',
		ends: 'keeps the old token data in a refresh',
	},
	{
		file: 'n8n/dist/credentials-helper.js',
		from: 'updateData({ oauthTokenData: data.oauthTokenData })',
		to: 'updateData({ oauthTokenData: data.oauthTokenData, clientId: data.clientId })',
		ends: 'stores with that function the token data and no other field',
	},
	{
		file: `${core}workflow-execute.js`,
		from: "['error', 'message', 'details']",
		to: "['error', 'message']",
		ends: 'sends an item to the error output that has details beside error',
	},
];

let folder: string;
let stage: CanaryStage;
let version: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-planted-'));
	const file = join(folder, 'plants.json');
	await writeFile(file, JSON.stringify(PLANTS));
	version = versionIn(await installN8n());
	stage = await openCanaryStage({
		CANARY_PLANTS: file,
		NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'plant.cjs'))}`,
	});
}, 20 * 60_000);
afterAll(async () => {
	await stage?.close();
	await rm(folder, { recursive: true, force: true });
});

it('names each change of n8n that was planted, and nothing else', async () => {
	const found: string[] = [];
	for (const behaviour of BEHAVIOURS) {
		const finding = await watch(behaviour, stage, version);
		if (finding) found.push(finding);
	}
	expect(found).toEqual(
		PLANTS.map(({ ends }) =>
			expect.stringMatching(
				`^n8n ${version} no longer: ${ends.replace(/[()]/g, '\\$&')}\\. The package leans on it for `,
			),
		),
	);
}, 120_000);
