import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { readers } from '../../nodes/InstagramTrigger/events/index.ts';
import type { InstagramEvent } from '../../nodes/InstagramTrigger/events/define.ts';
import { judge, type TriggerSettings, type Verdict } from '../../nodes/InstagramTrigger/delivery/judge.ts';
import { fixture } from './fixtures.mts';

export const SECRET = 'made-up-app-secret';
export const BAKERY = '17841400000000001';
export const FLORIST = '17841400000000002';
export const PERSON = '5551234567890123';

export const everyEvent: string[] = readers.map(({ event }) => event);

/** A trigger that wants everything. */
export const openSettings: TriggerSettings = {
	events: everyEvent,
	accounts: [BAKERY],
	includeEchoes: true,
	includeOwnComments: true,
	includeTestPayloads: true,
};

export function sign(body: Buffer, secret = SECRET): string {
	return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export function judged(body: Buffer, settings: Partial<TriggerSettings> = {}): Verdict {
	return judge(body, sign(body), [SECRET], { ...openSettings, ...settings });
}

/** Events of a body that is signed as Meta signs it. */
export function eventsOf(body: Buffer, settings: Partial<TriggerSettings> = {}): InstagramEvent[] {
	const verdict = judged(body, settings);
	if (verdict.status !== 200) throw new Error(`refused with ${verdict.status}: ${verdict.reason}`);
	return verdict.events;
}

/** Events of a recorded delivery. */
export function read(name: string, settings: Partial<TriggerSettings> = {}): InstagramEvent[] {
	return eventsOf(fixture(name), settings);
}

/** Meta's first object in a recorded delivery: the piece that `raw` has to be. */
export function rawIn(name: string): IDataObject {
	const [entry] = JSON.parse(fixture(name).toString('utf8')).entry;
	return (entry.messaging ?? entry.standby ?? entry.changes)[0];
}

/** The only event of a recorded delivery in full: the common keys as they are in most of them, and those that are named. */
export function whole(name: string, event: string, more: IDataObject): IDataObject {
	return {
		event,
		accountId: BAKERY,
		conversationWith: PERSON,
		username: null,
		timestamp: '2025-11-21T10:05:30.123Z',
		isEcho: false,
		isTest: false,
		raw: rawIn(name),
		...more,
	};
}

/** A body like a recorded one, with one text in it exchanged. */
export function altered(name: string, from: string, to: string): Buffer {
	const before = fixture(name).toString('latin1');
	if (!before.includes(from)) throw new Error(`${name} does not contain ${from}`);
	return Buffer.from(before.replace(from, to), 'latin1');
}
