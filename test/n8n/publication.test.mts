import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Nodes } from '../../sandbox/n8n/drive/nodes.mts';
import { Session } from '../../sandbox/n8n/drive/session.mts';
import { Workflows, type PublicationStatus } from '../../sandbox/n8n/drive/workflows.mts';

const TRIGGER = { nodeId: 'trigger', status: 'activated', errorMessage: null } as const;

let server: Server;
let answers: PublicationStatus[];

beforeAll(async () => {
	server = createServer((request, response) => {
		const isStatus = request.url?.endsWith('/publication-status');
		const data = isStatus ? (answers.length > 1 ? answers.shift() : answers[0]) : { versionId: 'v1', nodes: [] };
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

function workflows(): Workflows {
	const session = new Session(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	return new Workflows(session, new Nodes(session));
}

// On a busy machine a publication ends between n8n's two looks at its tables; n8n 2.41.1 was seen to answer so.
describe('waiting for a publication', () => {
	it('looks again where n8n sees neither a publication under way nor its triggers', async () => {
		answers = [
			{ status: 'in_progress', triggers: [] },
			{ status: 'not_published', triggers: [] },
			{ status: 'published', triggers: [TRIGGER] },
		];
		await expect(workflows().activate('one')).resolves.toBeUndefined();
	});

	it('tells a publication that came to nothing', async () => {
		answers = [{ status: 'not_published', triggers: [] }];
		await expect(workflows().activate('one')).rejects.toThrow('ended as "not_published"');
	});
});
