import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setStage } from '../sandbox/demo/stage.mts';
import { inMb } from '../sandbox/n8n/memory.mts';
import { show, spread, table } from './figures.mts';
import { sendVideo, writeVideo, type Sent } from './largeVideo.mts';
import type { Bench } from './main.mts';

const MB = 1024 * 1024;
const LARGE_MB = 300;
const SMALL_MB = 8;

export const bench: Bench = {
	about: `what n8n holds in memory while a reel of ${LARGE_MB} MB goes from its disk to Meta, whole and with a break in the middle`,
	async run({ rounds }) {
		const folder = await mkdtemp(join(tmpdir(), 'n8n-files-'));
		const n8nEnv = {
			N8N_DISABLE_UI: 'true',
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_RESTRICT_FILE_ACCESS_TO: folder,
		};
		const stage = await setStage({ sandbox: { videoProcessingMs: 0 }, n8nEnv, report: (line) => console.error(line) });
		try {
			const credential = await stage.connect();
			const small = await writeVideo(join(folder, 'small.mp4'), SMALL_MB * MB);
			const large = await writeVideo(join(folder, 'large.mp4'), LARGE_MB * MB);
			for (let warm = 0; warm < 2; warm++) await sendVideo(stage, credential, small);
			const ways: Array<{ name: string; breakAt?: number; sent: Sent[] }> = [
				{ name: 'whole', sent: [] },
				{ name: 'broken in the middle', breakAt: (LARGE_MB / 2) * MB, sent: [] },
			];
			for (let round = 0; round < rounds; round++) {
				for (const way of ways) {
					const sent = await sendVideo(stage, credential, large, way.breakAt);
					if (sent.sha256 !== large.sha256) throw new Error(`What arrived (${way.name}) is not what was sent`);
					way.sent.push(sent);
					console.error(
						`round ${round + 1} of ${rounds}, ${way.name}: ${inMb(sent.baseline)} MB grew by ${inMb(sent.growth)} MB, while sending by ${inMb(sent.sending)} MB, pieces at ${sent.offsets.join(', ')}`,
					);
				}
			}
			const figures = (pick: (sent: Sent) => number) => ways.map(({ sent }) => show(spread(sent.map(pick))));
			console.log(
				table([
					[`a reel of ${LARGE_MB} MB, median (smallest to largest)`, ...ways.map(({ name }) => name)],
					['n8n before, MB resident', ...figures(({ baseline }) => baseline / MB)],
					['growth while the node sends it, at most, MB', ...figures(({ sending }) => sending / MB)],
					[
						"growth of the whole execution, n8n's reading of the file included, at most, MB",
						...figures(({ growth }) => growth / MB),
					],
					['seconds', ...figures(({ ms }) => ms / 1000)],
				]),
			);
			console.log(JSON.stringify({ bench: 'memory', rounds, bytes: large.bytes, ways }));
		} finally {
			await stage.close();
			await rm(folder, { recursive: true, force: true });
		}
	},
};
