import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendVideo, writeVideo, type VideoFile } from '../../bench/largeVideo.mts';
import type { Stage } from '../../sandbox/demo/stage.mts';
import type { CredentialRef } from '../../sandbox/n8n/drive.mts';
import { openStage, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(300_000);

const MB = 1024 * 1024;
/** Meta takes no more for a reel. */
const LARGE = 300 * MB;
/** What a stream leaves behind until it is cleared away, and no more: held as a whole, the file would be five times as much. */
const ALLOWED = 64 * MB;

describe('a reel of 300 MB from the disk of a real n8n', () => {
	let stage: Stage;
	let credential: CredentialRef;
	let folder: string;
	let large: VideoFile;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-files-'));
		stage = await openStage({
			sandbox: { videoProcessingMs: 0 },
			n8nEnv: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', N8N_RESTRICT_FILE_ACCESS_TO: folder },
		});
		credential = await stage.connect();
		large = await writeVideo(join(folder, 'large.mp4'), LARGE);
		const small = await writeVideo(join(folder, 'small.mp4'), 8 * MB);
		for (let warm = 0; warm < 2; warm++) await sendVideo(stage, credential, small);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await stage?.close();
		await rm(folder, { recursive: true, force: true });
	});

	it('arrives whole, and is never held in memory', async () => {
		const { offsets, sending, sha256 } = await sendVideo(stage, credential, large);
		expect([sha256, offsets]).toEqual([large.sha256, [0]]);
		expect(sending).toBeLessThan(ALLOWED);
	});

	it('goes on in the middle, where the connection broke, with as little memory', async () => {
		const { offsets, sending, sha256 } = await sendVideo(stage, credential, large, LARGE / 2);
		expect([sha256, offsets]).toEqual([large.sha256, [0, LARGE / 2]]);
		expect(sending).toBeLessThan(ALLOWED);
	});
});
