import { readFileSync } from 'node:fs';
import { OAUTH_CREDENTIAL, setStage, type Stage } from '../sandbox/demo/stage.mts';
import { errorOf, type CredentialRef, type WorkflowNode } from '../sandbox/n8n/drive.mts';
import { show, spread, table } from './figures.mts';
import type { Bench } from './main.mts';

const ACCOUNT = 'sandbox_bakery';
const PEOPLE = 200;
const MESSAGES = 1_000;
/** One by one, fewer tell the same: the time per message does not change. */
const ONE_BY_ONE = 100;
const LATENCY_MS = 100;
/** Meta's rate for texts of one account, per second. */
const LIMIT = 100;
const MB = 1024 * 1024;

type Item = { to: string; text: string };

const node = (name: string, type: string, parameters: object, more: object = {}): WorkflowNode =>
	({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...more }) as WorkflowNode;

/** Sends the items with one Instagram node in one execution. @returns milliseconds in the node */
async function send(stage: Stage, credential: CredentialRef, items: Item[]): Promise<number> {
	const parameters = {
		authentication: OAUTH_CREDENTIAL,
		resource: 'message',
		operation: 'sendText',
		account: { __rl: true, mode: 'id', value: ACCOUNT },
		recipientId: { __rl: true, mode: 'id', value: '={{ $json.to }}' },
		text: '={{ $json.text }}',
	};
	const workflow = await stage.client.workflows.import({
		name: 'many messages',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node('Instagram', stage.n8n.packageType('instagram'), parameters, {
				credentials: { [OAUTH_CREDENTIAL]: credential },
			}),
		],
		connections: { Start: { main: [[{ node: 'Instagram', type: 'main', index: 0 }]] } },
		pinData: { Start: items.map((json) => ({ json })) },
	});
	await stage.client.executions.run(workflow.id, { trigger: 'Start' });
	const execution = await stage.client.executions.waitFor(workflow.id, { timeoutMs: 10 * 60_000 });
	const error = errorOf(execution);
	if (error) throw new Error(`${error.message}: ${error.description}`);
	return execution.data.resultData.runData.Instagram?.at(-1)?.executionTime ?? 0;
}

/** Resident memory of n8n in bytes, as Linux tells it; elsewhere 0. */
function memoryOf(pid: number | undefined): number {
	try {
		return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
	} catch {
		return 0;
	}
}

/** The most calls within any second, by the times at which they arrived. */
function busiestSecond(times: number[]): number {
	const sorted = [...times].sort((a, b) => a - b);
	let from = 0;
	return Math.max(
		0,
		...sorted.map((time, index) => {
			while (time - sorted[from] >= 1000) from++;
			return index - from + 1;
		}),
	);
}

async function isInOrder(stage: Stage, person: string, expected: string[]): Promise<boolean> {
	const got = (await stage.control.inbox(person, ACCOUNT))
		.filter(({ from }) => from === 'account')
		.map(({ text }) => text);
	return JSON.stringify(got.slice(-expected.length)) === JSON.stringify(expected);
}

export const bench: Bench = {
	about: `${MESSAGES} messages to ${PEOPLE} people at ${LATENCY_MS} ms latency, against one by one`,
	async run({ rounds }) {
		const stage = await setStage({ n8nEnv: { N8N_DISABLE_UI: 'true' }, report: (line) => console.error(line) });
		try {
			const credential = await stage.connect();
			const people = Array.from({ length: PEOPLE }, (_, index) => `customer_${index}`);
			for (const person of people) await stage.control.writeMessage(person, ACCOUNT, 'Hello');
			const { customers } = await stage.control.world();
			const ids = new Map(customers.map(({ username, ids: known }) => [username, known[ACCOUNT]]));
			await stage.control.call('POST', '/faults', {
				method: 'POST',
				path: '/messages$',
				times: 1_000_000,
				delayMs: LATENCY_MS,
			});
			await send(stage, credential, [{ to: ids.get(people[0]) ?? '', text: 'warm-up' }]);
			const figures = {
				manyMs: [] as number[],
				oneMs: [] as number[],
				ratio: [] as number[],
				busiest: [] as number[],
				grownMb: [] as number[],
				disordered: 0,
			};
			for (let round = 0; round < rounds; round++) {
				const many = Array.from({ length: MESSAGES }, (_, index) => ({
					person: people[index % PEOPLE],
					text: `${round}: ${index}`,
				}));
				const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
				const before = memoryOf(stage.n8n.pid);
				let peak = before;
				const watch = setInterval(() => (peak = Math.max(peak, memoryOf(stage.n8n.pid))), 50);
				const manyMs = await send(
					stage,
					credential,
					many.map(({ person, text }) => ({ to: ids.get(person) ?? '', text })),
				);
				clearInterval(watch);
				const times = (await stage.control.requests(since))
					.filter(({ path }) => path.endsWith('/messages'))
					.map(({ at }) => Date.parse(at));
				if (times.length !== MESSAGES) throw new Error(`Meta received ${times.length} messages instead of ${MESSAGES}`);
				for (const person of people) {
					const texts = many.filter((message) => message.person === person).map(({ text }) => text);
					if (!(await isInOrder(stage, person, texts))) figures.disordered++;
				}
				const oneMs = await send(
					stage,
					credential,
					Array.from({ length: ONE_BY_ONE }, (_, index) => ({
						to: ids.get(people[0]) ?? '',
						text: `${round}, alone: ${index}`,
					})),
				);
				figures.manyMs.push(manyMs);
				figures.oneMs.push((oneMs / ONE_BY_ONE) * MESSAGES);
				figures.ratio.push(((oneMs / ONE_BY_ONE) * MESSAGES) / manyMs);
				figures.busiest.push(busiestSecond(times));
				figures.grownMb.push((peak - before) / MB);
				console.error(`round ${round + 1} of ${rounds}`);
			}
			console.log(
				table([
					['', 'median (smallest to largest)'],
					['side by side, seconds', show(spread(figures.manyMs.map((ms) => ms / 1000)))],
					[
						`one by one, seconds (${ONE_BY_ONE} sent, times ${MESSAGES / ONE_BY_ONE})`,
						show(spread(figures.oneMs.map((ms) => ms / 1000))),
					],
					['times faster', show(spread(figures.ratio))],
					[`most calls in a second (Meta: ${LIMIT})`, show(spread(figures.busiest))],
					["n8n's memory grew by MB", show(spread(figures.grownMb))],
					['people who got their messages out of order', String(figures.disordered)],
				]),
			);
			console.log(
				JSON.stringify({
					bench: 'messages',
					rounds,
					messages: MESSAGES,
					people: PEOPLE,
					latencyMs: LATENCY_MS,
					...figures,
				}),
			);
		} finally {
			await stage.close();
		}
	},
};
