import { FormData, fetch } from 'undici';
import { drawPicture } from '../../sandbox/demo/picture.mts';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { sha256 } from '../../sandbox/world/assets.mts';
import { film } from '../support/mp4.mts';
import { runFlow, type Step } from './fileFlow.mts';
import { ACCOUNT, openStage, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(120_000);

const VIDEO_PROCESSING_MS = 8000;

describe('the examples of publishing files, on a real n8n against the sandbox', () => {
	let stage: Stage;

	const send = async (form: string, bytes: Buffer, name: string, type: string, caption: string) => {
		const fields = new FormData();
		fields.append('field-0', new File([new Uint8Array(bytes)], name, { type }));
		fields.append('field-1', caption);
		const answer = await fetch(`${stage.n8n.url}/form/${form}`, { method: 'POST', body: fields });
		expect(answer.status).toBe(200);
	};
	const postOf = async (caption: string) =>
		(await stage.control.feed(ACCOUNT)).find((post) => post.caption === caption);
	const dataTable = (parameters: object): Step => ({
		name: 'Instagram',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: parameters as Step['parameters'],
	});
	const list = { __rl: true, mode: 'name', value: 'Slow reels' };
	const waiting = async () =>
		(
			await runFlow(stage, [
				dataTable({
					resource: 'row',
					operation: 'get',
					dataTableId: list,
					filters: { conditions: [] },
					returnAll: true,
				}),
			])
		).items;

	beforeAll(async () => {
		stage = await openStage({ sandbox: { videoProcessingMs: VIDEO_PROCESSING_MS } });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('publishes the picture or the reel that somebody hands in', async () => {
		const { id } = await stage.importExample(
			'publish-files.json',
			await stage.connect('Files', { defaultAccount: `@${ACCOUNT}` }),
		);
		await stage.client.workflows.activate(id);
		const picture = drawPicture(500, 500);
		const video = film({ size: 200_000 });
		await send('publish-files', picture, 'bread.jpg', 'image/jpeg', 'A file 🥐');
		await send('publish-files', video, 'bread.mp4', 'video/mp4', 'A film 🥐');
		const [post, reel] = await Promise.all(
			['A file 🥐', 'A film 🥐'].map(
				async (caption) => await stage.control.until(caption, async () => await postOf(caption), 40_000),
			),
		);
		expect([post.sha256, reel.sha256]).toEqual([sha256(picture), sha256(video)]);
		await stage.client.workflows.deactivate(id);
	});

	it('finishes a reel that was not ready in time, once', async () => {
		const made = await runFlow(stage, [
			dataTable({
				resource: 'table',
				operation: 'create',
				tableName: 'Slow reels',
				columns: { column: [{ name: 'containerId', type: 'string' }] },
				options: {},
			}),
		]);
		expect(made.error).toBeUndefined();
		const { id } = await stage.importExample(
			'finish-slow-reels.json',
			await stage.connect('Slow', { defaultAccount: `@${ACCOUNT}` }),
			({ nodes }) => {
				const publish = nodes.find(({ name }) => name === 'Publish the reel');
				Object.assign(publish?.parameters ?? {}, { options: { maxWait: 1 } });
			},
		);
		await stage.client.workflows.activate(id);
		const video = film({ size: 150_000 });
		await send('finish-slow-reels', video, 'slow.mp4', 'video/mp4', 'Slow film');
		const rows = await stage.control.until('the note', async () => {
			const found = await waiting();
			return found.length > 0 ? found : undefined;
		});
		const containerId = String(rows[0].containerId);
		const { containers } = stage.sandbox.world;
		expect([rows.length, containers.has(containerId), await postOf('Slow film')]).toEqual([1, true, undefined]);
		const finish = async () => {
			const after = await stage.client.executions.latestId(id);
			await stage.client.executions.run(id, { trigger: 'Every ten minutes' });
			const { status } = await stage.client.executions.waitFor(id, { after });
			expect(status).toBe('success');
		};
		// Too early: it stays on the list.
		await finish();
		expect([(await waiting()).length, await postOf('Slow film')]).toEqual([1, undefined]);
		await stage.control.advanceClock(VIDEO_PROCESSING_MS / 1000);
		await finish();
		const post = await postOf('Slow film');
		expect([post?.sha256, await waiting()]).toEqual([sha256(video), []]);
		await finish();
		expect((await stage.control.feed(ACCOUNT)).filter(({ caption }) => caption === 'Slow film')).toHaveLength(1);
		await stage.client.workflows.deactivate(id);
	});
});
