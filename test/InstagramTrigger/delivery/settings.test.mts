import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { triggerFields } from '../../../nodes/InstagramTrigger/panel/fields.ts';
import { altered } from '../../support/events.mts';
import { fixture } from '../../support/fixtures.mts';
import { settledLogin } from '../../support/logins.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

type Server = Awaited<ReturnType<typeof webhookServer>>;
const open: Server[] = [];
const serve = async (events: string[], options: IDataObject, more: Partial<Settings> = {}): Promise<Server> => {
	const server = await webhookServer({ credentials: settledLogin(), parameters: { events, options }, ...more });
	open.push(server);
	return server;
};
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));
const ids = (server: Server) => server.taken.map((items) => items.map(({ eventId }) => eventId));
/** Another message of the same person. */
const next = (mid: string, text = 'und noch was') =>
	Buffer.from(
		altered('text', '"mid":"aWdfZtext"', `"mid":"${mid}"`)
			.toString('latin1')
			.replace(/"text":"[^"]*"/, `"text":"${text}"`),
		'latin1',
	);

describe('Only Messages That Match', () => {
	it.each(['GRÜßE', '/\\bgr.*åland/i', 'versendet ihr'])(
		'with %s starts on what matches',
		async (onlyMessagesThatMatch) => {
			const server = await serve(['message', 'reaction'], { onlyMessagesThatMatch });
			for (const body of [fixture('text'), next('aWdfZother'), fixture('attachments'), fixture('reaction')])
				expect((await server.deliver(body)).status).toBe(200);
			expect(ids(server)).toEqual([['aWdfZtext'], [expect.stringContaining('aWdfZliked:reaction')]]);
		},
	);

	it('that cannot be used loses no message', async () => {
		const server = await serve(['message'], { onlyMessagesThatMatch: '/(?=x)/' });
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		expect(ids(server)).toEqual([['aWdfZtext']]);
	});
});

describe('Only First Message Within', () => {
	it('starts once per person, also when the first start failed', async () => {
		let failing = true;
		const take = () => {
			if (failing) throw new Error('no database');
		};
		const server = await serve(['message', 'postback'], { onlyFirstMessageHours: 24 }, { take });
		expect((await server.deliver(fixture('text'))).status).toBe(500);
		failing = false;
		expect((await server.deliver(next('aWdfZsecond'))).status).toBe(200);
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		await server.deliver(fixture('postback'));
		expect(ids(server)).toEqual([['aWdfZtext'], ['aWdfZtext'], [expect.stringContaining('aWdfZpost')]]);
	});

	it('is off unless it is added', async () => {
		const server = await serve(['message'], {});
		for (const body of [fixture('text'), next('aWdfZsecond')]) await server.deliver(body);
		expect(ids(server)).toEqual([['aWdfZtext'], ['aWdfZsecond']]);
	});
});

describe('Include Test Payloads', () => {
	it('lets the App Dashboard start the workflow, at each press', async () => {
		const [on, off] = [await serve(['message'], { includeTestPayloads: true }), await serve(['message'], {})];
		const pressed = altered('testMessages', '"time":1763719531', '"time":1763719532');
		for (const body of [fixture('testMessages'), fixture('testMessages'), pressed]) {
			expect((await on.deliver(body)).status).toBe(200);
			expect((await off.deliver(body)).status).toBe(200);
		}
		expect(on.taken).toMatchObject([
			[{ event: 'message', isTest: true, message: { text: 'random_text' } }],
			[{ isTest: true }],
		]);
		expect(off.taken).toEqual([]);
	});
});

it('no option takes an expression: evaluating one would cost n8n more than the event', () => {
	const { options } = triggerFields.find(({ name }) => name === 'options')!;
	expect((options as INodeProperties[]).filter(({ noDataExpression }) => !noDataExpression)).toEqual([]);
});
