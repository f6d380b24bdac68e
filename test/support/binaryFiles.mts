import './quiet.mts';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

type Container = { get: <T>(type: abstract new (...parts: never[]) => T) => T };

/** Where n8n-core keeps its services; resolved from there, so that it is the same one. */
const { Container } = require(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] })) as {
	Container: Container;
};

/** n8n's part: gives a file to whoever has its signed link. */
const startServer = async (service: BinaryDataService): Promise<Server> => {
	const server = createServer((request, response) => {
		const token = new URL(request.url ?? '', 'http://n8n').searchParams.get('token') ?? '';
		void service.getAsStream(service.validateSignedToken(token)).then((stream) => stream.pipe(response));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return server;
};

/** n8n's own storage for files of workflows, in a folder that goes with the tests. */
export function useBinaryFiles() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-files-'));
	let service: BinaryDataService;
	let server: Server;
	beforeAll(async () => {
		// n8n keeps the key that signs its links in its folder, which it makes when it is first asked.
		process.env.N8N_USER_FOLDER = folder;
		Container.get(BinaryDataConfig).localStoragePath = folder;
		service = Container.get(BinaryDataService);
		await service.init();
		server = await startServer(service);
	});
	afterAll(async () => {
		delete process.env.N8N_USER_FOLDER;
		rmSync(folder, { recursive: true });
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});
	const bare = (mimeType: string, fileName: string): IBinaryData => ({ data: '', mimeType, fileName });
	return {
		/** A file as an earlier node of the workflow leaves it. */
		store: async (bytes: Buffer, mimeType: string, fileName = 'file'): Promise<IBinaryData> =>
			await service.store({ type: 'execution', workflowId: '1', executionId: '1' }, bytes, bare(mimeType, fileName)),
		/** The same in an n8n that keeps files in memory. */
		inMemory: (bytes: Buffer, mimeType: string, fileName = 'file'): IBinaryData => ({
			...bare(mimeType, fileName),
			data: bytes.toString('base64'),
		}),
		/** The address at which this n8n gives files to those who have a signed link. */
		url: (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	};
}
