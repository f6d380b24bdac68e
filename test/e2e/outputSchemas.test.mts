import type { Stage } from '../../sandbox/demo/stage.mts';
import { readJson } from '../support/sources.mts';
import { ACTION, openStage, STAGE_TIMEOUT_MS } from './support.mts';

describe("the editor's preview of outputs", () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await openStage({ n8nEnv: { N8N_DISABLE_UI: 'false' } });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	const preview = async (operation: string) =>
		await stage.client.session.raw('GET', `/schemas/${ACTION}/1.0.0/${operation}.json`);

	it('comes from the package as it is installed, at the address that the editor asks', async () => {
		const answer = await preview('message/sendText');
		expect(answer.status).toBe(200);
		expect(await answer.json()).toEqual({
			type: 'object',
			properties: { messageId: { type: 'string' }, recipientId: { type: 'string' } },
			version: 1,
		});
		expect(await (await preview('post/getMany')).json()).toEqual(
			readJson('nodes/Instagram/__schema__/v1.0.0/post/getMany.json'),
		);
		expect((await preview('post/noSuchOperation')).status).toBe(404);
	});
});
