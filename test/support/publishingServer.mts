import { line, listenAt, type Answer, type Received } from './graph.mts';
import { BAKERY, GRAPH } from './logins.mts';

export const CONTAINER = '17889455560051444';
export const POST = '17920238422030506';
export const PERMALINK = 'https://www.instagram.com/p/made-up/';

type Turn = Answer | ((request: Received) => Answer);
/** Answers by call; of a list the first calls get the first ones, and all further calls the last. */
export type PublishingAnswers = {
	create?: Turn[];
	status?: Turn[];
	publish?: Turn[];
	recent?: Turn[];
	read?: Turn[];
	limit?: Turn[];
};

const names = {
	[`POST /${BAKERY.id}/media`]: 'create',
	[`GET /${CONTAINER}`]: 'status',
	[`POST /${BAKERY.id}/media_publish`]: 'publish',
	[`GET /${BAKERY.id}/media`]: 'recent',
	[`GET /${POST}`]: 'read',
	[`GET /${BAKERY.id}/content_publishing_limit`]: 'limit',
} as const;

const usual: Required<PublishingAnswers> = {
	create: [{ body: { id: CONTAINER } }],
	status: [
		{
			body: {
				id: CONTAINER,
				status_code: 'FINISHED',
				status: 'Finished: Media has been uploaded and it is ready to be published.',
			},
		},
	],
	publish: [{ body: { id: POST } }],
	recent: [{ body: { data: [] } }],
	limit: [{ body: { data: [{ quota_usage: 50, config: { quota_total: 50, quota_duration: 86_400 } }] } }],
	read: [{ body: { id: POST, permalink: PERMALINK, timestamp: '2026-11-21T10:15:30+0000' } }],
};

export function status(code: string, text = code): Answer {
	return { body: { id: CONTAINER, status_code: code, status: text } };
}
export function live(caption: string, id = POST, agoMs = 0) {
	return { id, caption, timestamp: new Date(Date.now() - agoMs).toISOString() };
}

/** Meta's side of publishing. `steps()` names the calls that came, in their order. */
export function publishingServer(answers: PublishingAnswers = {}) {
	const counts: Record<string, number> = {};
	const calls = listenAt(GRAPH, (request) => {
		const name = names[line(request) as keyof typeof names] as keyof PublishingAnswers | undefined;
		if (!name) return undefined;
		const turns = answers[name] ?? usual[name];
		counts[name] = (counts[name] ?? 0) + 1;
		const turn = turns[Math.min(counts[name], turns.length) - 1];
		return typeof turn === 'function' ? turn(request) : turn;
	});
	const steps = () => calls.map((call) => names[line(call) as keyof typeof names] ?? line(call));
	return { calls, steps };
}
