import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { judgeTraces } from '../../../nodes/Instagram/operations/shared/earlierRun.ts';
import { guardNetwork, line, listenAt, type Answer, type Received } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin } from '../../support/logins.mts';
import { jsons, operationOf } from '../../support/parameters.mts';
import { runNode, type RunOptions } from '../../support/runNode.mts';

guardNetwork();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A message of the account as a conversation shows it. */
const message = (agoMs: number, text = 'Hi', id = `mid-${agoMs}`): IDataObject => ({
	id,
	message: text,
	created_time: new Date(Date.now() - agoMs).toISOString().replace(/\.\d+Z$/, '+0000'),
	from: { id: BAKERY.id, username: BAKERY.username },
});
const theirs = (agoMs: number): IDataObject => ({
	...message(agoMs, 'Hi', `theirs-${agoMs}`),
	from: { id: '777', username: 'customer_one' },
});

/** Sends "Hi" to a person with whom there is a conversation. */
async function send(messages: IDataObject[], more: Partial<RunOptions>, answers: Answer[] = []) {
	const posted: string[] = [];
	nock.cleanAll();
	const calls = listenAt(GRAPH, (request: Received) => {
		if (line(request) === `GET /${BAKERY.pageId}/conversations`)
			return { body: { data: messages.length > 0 ? [{ id: 'c', messages: { data: messages } }] : [] } };
		posted.push(line(request));
		return answers[posted.length - 1] ?? { body: { recipient_id: '777', message_id: 'new' } };
	});
	const saves: string[] = [];
	const { error, items } = await runNode({
		parameters: operationOf('message', 'sendText', {
			authentication: 'instagramFacebookLoginOAuth2Api',
			recipientId: '777',
			text: 'Hi',
		}),
		credentials: newLogin().credentials,
		saves,
		...more,
	});
	return { calls, posted: posted.length, error, json: jsons(items)[0], stored: saves.at(-1) };
}

const UNCLEAR = 'It is unclear whether an earlier run sent this message, so it was not sent again';

describe('an execution of which n8n stored nothing before it was cut off', () => {
	it.each([
		['nobody wrote yet', [], 'sent'],
		['the person wrote the same', [theirs(HOUR)], 'sent'],
		['the account wrote something else', [message(HOUR, 'Hello')], 'sent'],
		['the same went out an hour ago', [message(HOUR)], 'found'],
		['the same went out yesterday', [message(30 * HOUR)], 'unclear'],
		['the same went out long ago', [message(10 * DAY)], 'sent'],
		[
			'so much was said since that Meta shows no further back',
			Array.from({ length: 20 }, (_, i) => theirs((i + 1) * MINUTE)),
			'unclear',
		],
		['much was said, but Meta shows enough', Array.from({ length: 20 }, (_, i) => theirs((i + 10) * HOUR)), 'sent'],
	])('%s', async (_name, messages, end) => {
		const { error, json, posted } = await send(messages, { mode: 'retry' });
		expect({ message: error?.message, posted, found: json?.wasSentBefore }).toEqual({
			message: end === 'unclear' ? UNCLEAR : undefined,
			posted: end === 'sent' ? 1 : 0,
			found: end === 'found' ? true : undefined,
		});
		if (end === 'found')
			expect(json).toEqual({
				messageId: messages[0].id,
				recipientId: '777',
				wasSentBefore: true,
				sentAt: new Date(String(messages[0].created_time)).toISOString(),
			});
	});
});

describe('an execution that ended in order', () => {
	it('is looked at from its end on: the same of an hour before is not the one', async () => {
		const refusal = { status: 400, body: { error: { code: 10, error_subcode: 2534022, message: 'closed' } } };
		const { stored } = await send([], {}, [refusal]);
		const { error, posted } = await send([message(HOUR), ...Array.from({ length: 19 }, () => theirs(HOUR))], {
			stored,
		});
		expect([error, posted]).toEqual([undefined, 1]);
	});

	it('before the node came to run is looked at from its beginning on', async () => {
		const saves: string[] = [];
		await send([], { saves });
		// As it was when the node before had ended.
		const { error, posted } = await send([message(HOUR)], { stored: saves[1] });
		expect([error, posted]).toEqual([undefined, 1]);
	});
});

describe('what Meta shows', () => {
	const noneTaken = () => {
		const ids = new Set<string>();
		return { has: (id: string) => ids.has(id), add: (id: string) => void ids.add(id) };
	};
	const since = { at: 10 * DAY, isExact: true };

	it('stands for one item each, the oldest first', () => {
		const taken = noneTaken();
		const fitting = [
			{ id: 'b', at: 10 * DAY + 2 },
			{ id: 'a', at: 10 * DAY + 1 },
		];
		const verdicts = [1, 2, 3].map(() => judgeTraces({ since }, taken, { fitting, isExact: true, backTo: -Infinity }));
		expect(verdicts).toEqual([fitting[1], fitting[0], undefined]);
	});

	it('counts from a minute before on: the clocks differ', () => {
		const at = (ms: number) =>
			judgeTraces({ since }, noneTaken(), {
				fitting: [{ id: 'a', at: 10 * DAY - ms }],
				isExact: true,
				backTo: -Infinity,
			});
		expect([at(MINUTE), at(MINUTE + 1)]).toEqual([{ id: 'a', at: 10 * DAY - MINUTE }, undefined]);
	});

	it('of the kind alone is nothing that is known', () => {
		const fitting = [{ id: 'a', at: 10 * DAY }];
		const verdict = judgeTraces({ since }, noneTaken(), { fitting, isExact: false, backTo: -Infinity });
		expect(verdict).toBe('One that may be it went out at 1970-01-11T00:00:00.000Z.');
	});
});
