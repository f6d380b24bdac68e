import { setTimeout as wait } from 'node:timers/promises';
import { fixture } from '../../support/fixtures.mts';
import { settledLogin } from '../../support/logins.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

type Server = Awaited<ReturnType<typeof webhookServer>>;
const open: Server[] = [];
const serve = async (settings: Partial<Settings> = {}): Promise<Server> => {
	const server = await webhookServer({ credentials: settledLogin(), ...settings });
	open.push(server);
	return server;
};
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

const text = fixture('text');
const ids = (server: Server) => server.taken.map((items) => items.map(({ eventId }) => eventId));
/** Waits for something that other sockets bring about. */
const until = async (condition: () => boolean) => {
	for (let left = 2000; !condition(); left--) {
		if (left === 0) throw new Error('it did not come about');
		await wait(2);
	}
};

/** Executions that start one by one: `go[0]()` lets the first one go well, `fail[0]()` makes n8n answer 500. */
function gates() {
	const go: Array<() => void> = [];
	const fail: Array<() => void> = [];
	const take = async () =>
		await new Promise<void>((resolve, reject) => {
			go.push(resolve);
			fail.push(() => reject(new Error('no database')));
		});
	return { go, fail, take };
}

describe('an event that Meta delivers again', () => {
	it('starts no second execution', async () => {
		const server = await serve();
		for (let i = 0; i < 3; i++) expect(await server.deliver(text)).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
		expect(ids(server)).toEqual([['aWdfZtext']]);
	});

	it('together with a new one starts an execution for the new one', async () => {
		const server = await serve();
		await server.deliver(text);
		const { object, entry } = JSON.parse(text.toString('utf8'));
		const [{ messaging }] = entry;
		const both = {
			object,
			entry: [
				{
					...entry[0],
					messaging: [...messaging, { ...messaging[0], message: { mid: 'aWdfZnew', text: 'new' } }, ...messaging],
				},
			],
		};
		await server.deliver(Buffer.from(JSON.stringify(both)));
		expect(ids(server)).toEqual([['aWdfZtext'], ['aWdfZnew']]);
	});

	it('is another event for another trigger node', async () => {
		const [one, two] = [await serve(), await serve()];
		await one.deliver(text);
		await two.deliver(text);
		expect([ids(one), ids(two)]).toEqual([[['aWdfZtext']], [['aWdfZtext']]]);
	});

	it('starts an execution when n8n failed to take it before', async () => {
		let failing = true;
		const server = await serve({
			take: () => {
				if (failing) throw new Error('no database');
			},
		});
		expect((await server.deliver(text)).status).toBe(500);
		failing = false;
		expect((await server.deliver(text)).status).toBe(200);
		expect((await server.deliver(text)).status).toBe(200);
		expect(ids(server)).toEqual([['aWdfZtext'], ['aWdfZtext']]);
	});

	it('while n8n still works on it waits, and is answered 200 without an execution', async () => {
		const { go, take } = gates();
		const server = await serve({ take });
		const first = server.start(text);
		await until(() => go.length === 1);
		const second = server.start(text);
		await until(() => server.seen.arrived === 2);
		let answered = false;
		void second.reply.then(() => (answered = true));
		await wait(30);
		expect(answered).toBe(false);
		go[0]();
		expect(await Promise.all([first.reply, second.reply])).toMatchObject([{ status: 200 }, { status: 200 }]);
		expect(ids(server)).toEqual([['aWdfZtext']]);
	});

	it('while n8n still works on it takes over when that fails', async () => {
		const { go, fail, take } = gates();
		const server = await serve({ take });
		const first = server.start(text);
		await until(() => go.length === 1);
		const second = server.start(text);
		await until(() => server.seen.arrived === 2);
		fail[0]();
		await until(() => go.length === 2);
		go[1]();
		expect([(await first.reply).status, (await second.reply).status]).toEqual([500, 200]);
		expect((await server.deliver(text)).status).toBe(200);
		expect(server.taken).toHaveLength(2);
	});
});

describe('a delivery whose sender is gone', () => {
	const settle = async ({ reply, hangUp }: ReturnType<Server['start']>) => {
		hangUp();
		await reply.catch(() => undefined);
	};

	/** n8n has the event and stores it when the sender hangs up; then Meta's repeat comes. */
	const hungUpAndRepeated = async () => {
		const { go, fail, take } = gates();
		const server = await serve({ take });
		const first = server.start(text);
		await until(() => go.length === 1);
		await settle(first);
		await until(() => server.seen.hungUp === 1);
		const second = server.start(text);
		await until(() => server.seen.arrived === 2);
		return { go, fail, server, second };
	};

	it('while n8n stores the execution has started it all the same: the repeat waits, and starts no second one', async () => {
		const { go, server, second } = await hungUpAndRepeated();
		let answered = false;
		void second.reply.then(() => (answered = true));
		await wait(30);
		expect([answered, go.length]).toEqual([false, 1]);
		go[0]();
		expect(await second.reply).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
		expect((await server.deliver(text)).status).toBe(200);
		expect(ids(server)).toEqual([['aWdfZtext']]);
	});

	it('while n8n fails to store the execution loses nothing: the repeat starts it', async () => {
		const { go, fail, server, second } = await hungUpAndRepeated();
		fail[0]();
		await until(() => go.length === 2);
		go[1]();
		expect((await second.reply).status).toBe(200);
		expect((await server.deliver(text)).status).toBe(200);
		expect(server.taken).toHaveLength(2);
	});

	it('and of which n8n never tells what became of it is waited for in vain for a while only', async () => {
		const { timeout } = AbortSignal;
		const waits: number[] = [];
		const shortened = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			waits.push(ms);
			return timeout.call(AbortSignal, Math.ceil(ms / 1000));
		});
		const { go, second } = await hungUpAndRepeated().finally(() => shortened.mockRestore());
		await until(() => go.length === 2);
		go[1]();
		expect((await second.reply).status).toBe(200);
		expect(waits).toContain(120_000);
	});

	it('while it waited for another one starts no execution, and does not hold up the next repeat', async () => {
		const { go, fail, take } = gates();
		const server = await serve({ take });
		const first = server.start(text);
		await until(() => go.length === 1);
		const second = server.start(text);
		await until(() => server.seen.arrived === 2);
		await settle(second);
		await until(() => server.seen.hungUp === 1);
		fail[0]();
		expect((await first.reply).status).toBe(500);
		const third = server.start(text);
		await until(() => go.length === 2);
		go[1]();
		expect((await third.reply).status).toBe(200);
		expect(server.taken).toHaveLength(2);
	});
});
