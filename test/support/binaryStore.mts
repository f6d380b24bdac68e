import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

// The container that n8n-core itself uses; another copy of the library knows none of its services.
const { Container } = jest.requireActual<{ Container: { get: <T>(type: new (...parts: never[]) => T) => T } }>(
	require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] }),
);

export type BinaryStore = Awaited<ReturnType<typeof openBinaryStore>>;

/** n8n's own storage of files in a folder, and the address at which n8n serves its signed links. */
export async function openBinaryStore() {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-binary-'));
	Object.assign(process.env, { N8N_USER_FOLDER: folder, N8N_BINARY_DATA_STORAGE_PATH: join(folder, 'files') });
	const service = Container.get(BinaryDataService);
	await service.init();
	const fetched: string[] = [];
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://n8n');
		fetched.push(url.pathname);
		const serve = async () => {
			const id = service.validateSignedToken(url.searchParams.get('token') ?? '');
			await pipeline(await service.getAsStream(id), response);
		};
		serve().catch(() => response.writeHead(403).end());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		/** Paths that were fetched from n8n. */
		fetched,
		/** What the node is to know of the server. */
		server: { restApiUrl: `${url}/rest` },
		store: async (bytes: Buffer, mimeType: string): Promise<IBinaryData> =>
			await service.store({ type: 'execution', workflowId: 'test', executionId: '1' }, bytes, { mimeType, data: '' }),
		/** A file as an n8n has it that keeps files in memory. */
		inMemory: (bytes: Buffer, mimeType: string): IBinaryData => ({
			mimeType,
			data: bytes.toString('base64'),
			bytes: bytes.length,
		}),
		/** From now on n8n keeps files in memory, or in its folder again. */
		keepInMemory: (memory: boolean) => Object.assign(service, { mode: memory ? 'default' : 'filesystem-v2' }),
		close: async () => {
			delete process.env.N8N_USER_FOLDER;
			delete process.env.N8N_BINARY_DATA_STORAGE_PATH;
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
			await rm(folder, { recursive: true, force: true });
		},
	};
}
