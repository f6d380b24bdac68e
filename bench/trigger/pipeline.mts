import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { deliveryOf, fresh, messageOf } from './kinds.mts';

const { judge } = createRequire(import.meta.url)('../../dist/nodes/InstagramTrigger/delivery/judge.js') as {
	judge: (
		rawBody: Buffer,
		signature: string,
		secrets: string[],
		settings: object,
	) => { status: number; events: object[] };
};

const SECRETS = ['0123456789abcdef0123456789abcdef'];
const ACCOUNT = '17841400000000001';
const SETTINGS = { events: ['message'], accounts: [ACCOUNT], includeEchoes: false, includeOwnComments: false };
const ROUNDS = 41;
const EVENTS_PER_ROUND = 10_000;

/** A delivery that is judged again and again. */
type Case = {
	name: string;
	messages: number;
	account?: string;
	more?: object;
	isWanted: boolean;
};

const CASES: Case[] = [
	{ name: 'one message', messages: 1, isWanted: true },
	{ name: 'one echo, ignored', messages: 1, more: { is_echo: true }, isWanted: false },
	{ name: 'one message to others, ignored', messages: 1, account: '17841499999999999', isWanted: false },
	{ name: '1,000 messages', messages: 1_000, isWanted: true },
	{ name: '1,000 echoes, ignored', messages: 1_000, more: { is_echo: true }, isWanted: false },
];

const macOf = (body: Buffer): string => createHmac('sha256', SECRETS[0]).update(body).digest('hex');

function microseconds(times: number, task: () => unknown): number {
	const startedAt = performance.now();
	for (let time = 0; time < times; time++) task();
	return ((performance.now() - startedAt) / times) * 1000;
}

/** How long the pure pipeline takes, in each round beside its floor: the HMAC and the JSON of the same bytes. */
export function measurePipeline(): Array<{ name: string; bare: number[]; judged: number[] }> {
	return CASES.map(({ name, messages, account = ACCOUNT, more, isWanted }) => {
		const body = Buffer.from(
			deliveryOf(
				account,
				Array.from({ length: messages }, () => messageOf(account, { ...fresh(), ...more })),
			),
		);
		const signature = `sha256=${macOf(body)}`;
		const floor = () => [macOf(body) === signature.slice(7), JSON.parse(body.toString('utf8'))];
		const ours = () => judge(body, signature, SECRETS, SETTINGS);
		const { status, events } = ours();
		if (status !== 200 || events.length !== (isWanted ? messages : 0))
			throw new Error(`${name}: ${status} with ${events.length} events`);
		const times = EVENTS_PER_ROUND / messages;
		const rounds = Array.from({ length: ROUNDS }, () => ({
			bare: microseconds(times, floor),
			judged: microseconds(times, ours),
		}));
		// The first ones are compiled on the way.
		const counted = rounds.slice(ROUNDS >> 2);
		return { name, bare: counted.map(({ bare }) => bare), judged: counted.map(({ judged }) => judged) };
	});
}
