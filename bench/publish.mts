import { hostPicture, type HostedPicture } from '../sandbox/demo/picture.mts';
import { OAUTH_CREDENTIAL, setStage, type Stage } from '../sandbox/demo/stage.mts';
import { errorOf, type CredentialRef, type WorkflowNode } from '../sandbox/n8n/drive.mts';
import { show, spread, table } from './figures.mts';
import type { Bench } from './main.mts';

const ACCOUNT = 'sandbox_bakery';
const REELS = 20;
const PROCESSING_MS = 20_000;
/** Of every call to Meta. */
const LATENCY_MS = 100;
const VIDEO = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(4096)]);

/** A kind of post, and the fewest calls of Meta's flow: containers, one look at the status, publishing, and the link. */
type Kind = { name: string; operation: string; parameters: object; fewest: number };

const kindsOf = (image: string, video: string): Kind[] => [
	{ name: 'image', operation: 'publishImage', parameters: { imageUrl: image }, fewest: 4 },
	{ name: 'reel', operation: 'publishReel', parameters: { videoUrl: video }, fewest: 4 },
	{
		name: 'carousel of 10',
		operation: 'publishCarousel',
		parameters: { specifyItems: 'json', itemsJson: JSON.stringify(Array(10).fill(image)) },
		fewest: 14,
	},
];

const node = (name: string, type: string, parameters: object, more: object = {}): WorkflowNode =>
	({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...more }) as WorkflowNode;

/** What publishing some posts with one Instagram node in one execution took. */
type Taken = { ms: number; calls: number; isInOrder: boolean };

async function publish(
	stage: Stage,
	credential: CredentialRef,
	{ operation, parameters }: Kind,
	captions: string[],
): Promise<Taken> {
	const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
	const workflow = await stage.client.workflows.import({
		name: operation,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node(
				'Instagram',
				stage.n8n.packageType('instagram'),
				{
					authentication: OAUTH_CREDENTIAL,
					resource: 'post',
					operation,
					account: { __rl: true, mode: 'id', value: ACCOUNT },
					caption: '={{ $json.caption }}',
					...parameters,
				},
				{ credentials: { [OAUTH_CREDENTIAL]: credential } },
			),
		],
		connections: { Start: { main: [[{ node: 'Instagram', type: 'main', index: 0 }]] } },
		pinData: { Start: captions.map((caption) => ({ json: { caption } })) },
	});
	await stage.client.executions.run(workflow.id, { trigger: 'Start' });
	const execution = await stage.client.executions.waitFor(workflow.id, { timeoutMs: 10 * 60_000 });
	const error = errorOf(execution);
	if (error) throw new Error(`${error.message}: ${error.description}`);
	const live = (await stage.control.feed(ACCOUNT))
		.slice(0, captions.length)
		.map(({ caption }) => caption)
		.reverse();
	return {
		ms: execution.data.resultData.runData.Instagram?.at(-1)?.executionTime ?? 0,
		calls: (await stage.control.requests(since)).length,
		isInOrder: JSON.stringify(live) === JSON.stringify(captions),
	};
}

export const bench: Bench = {
	about: `${REELS} reels of ${PROCESSING_MS / 1000} s processing against one, and calls per post, at ${LATENCY_MS} ms latency`,
	async run({ rounds }) {
		const stage = await setStage({
			sandbox: { videoProcessingMs: PROCESSING_MS, quotaTotal: 10_000 },
			n8nEnv: { N8N_DISABLE_UI: 'true' },
			report: (line) => console.error(line),
		});
		const hosts: HostedPicture[] = [];
		try {
			hosts.push(await hostPicture(), await hostPicture(VIDEO, 'video/mp4'));
			const credential = await stage.connect();
			const kinds = kindsOf(hosts[0].url, hosts[1].url);
			const reel = kinds[1];
			await publish(stage, credential, kinds[0], ['warm-up']);
			await stage.control.call('POST', '/faults', { path: '.', times: 1_000_000, delayMs: LATENCY_MS });
			const figures = {
				oneMs: [] as number[],
				manyMs: [] as number[],
				ratio: [] as number[],
				callsOfMany: [] as number[],
				calls: {} as Record<string, number[]>,
				disordered: 0,
			};
			for (let round = 0; round < rounds; round++) {
				for (const kind of kinds) {
					const { calls, ms } = await publish(stage, credential, kind, [`${round}: ${kind.name}`]);
					(figures.calls[kind.name] ??= []).push(calls / kind.fewest);
					if (kind === reel) figures.oneMs.push(ms);
				}
				const many = await publish(
					stage,
					credential,
					reel,
					Array.from({ length: REELS }, (_, index) => `${round}: ${index}`),
				);
				figures.manyMs.push(many.ms);
				figures.ratio.push(many.ms / (figures.oneMs.at(-1) ?? 1));
				figures.callsOfMany.push(many.calls / REELS / reel.fewest);
				if (!many.isInOrder) figures.disordered++;
				console.error(`round ${round + 1} of ${rounds}`);
			}
			const seconds = (values: number[]) => show(spread(values.map((ms) => ms / 1000)));
			console.log(
				table([
					['', 'median (smallest to largest)'],
					['one reel, seconds', seconds(figures.oneMs)],
					[`${REELS} reels in one node, seconds`, seconds(figures.manyMs)],
					['as a multiple of one reel', show(spread(figures.ratio))],
					...kinds.map(({ name, fewest }) => [
						`calls of one ${name}, times the fewest (${fewest})`,
						show(spread(figures.calls[name])),
					]),
					[`calls of one reel among ${REELS}, times the fewest`, show(spread(figures.callsOfMany))],
					['rounds in which reels went live out of order', String(figures.disordered)],
				]),
			);
			console.log(
				JSON.stringify({
					bench: 'publish',
					rounds,
					reels: REELS,
					processingMs: PROCESSING_MS,
					latencyMs: LATENCY_MS,
					...figures,
				}),
			);
		} finally {
			for (const host of hosts) await host.close();
			await stage.close();
		}
	},
};
