import { installN8n } from '../../sandbox/n8n/install.mts';
import { versionIn } from '../../sandbox/n8n/versions.mts';
import { BEHAVIOURS, watch } from './behaviours/index.mts';
import { openCanaryStage, type CanaryStage } from './stage.mts';

jest.setTimeout(60_000);

/** The first use on a machine installs n8n, which takes minutes. */
const INSTALL_AND_BOOT_MS = 20 * 60_000;

let stage: CanaryStage;
let version: string;

beforeAll(async () => {
	version = versionIn(await installN8n());
	stage = await openCanaryStage();
}, INSTALL_AND_BOOT_MS);
afterAll(async () => await stage?.close());

describe('what the package counts on: n8n', () => {
	it.each(BEHAVIOURS.map((behaviour) => [behaviour.name, behaviour] as const))('%s', async (_name, behaviour) => {
		expect(await watch(behaviour, stage, version)).toBeUndefined();
	});
});
