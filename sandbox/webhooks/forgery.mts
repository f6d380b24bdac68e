import { randomBytes } from 'node:crypto';
import type { Forgery } from '../context/delivery.mts';
import { signatureHeaders } from './sign.mts';
import type { WebhookEvent } from './event.mts';

const NAMES_IT = ['mid', 'id', 'comment_id', 'text'];

/** An invented event after the pattern of a true one: other ids and texts, the same people. */
export function inventEvent(event: WebhookEvent): WebhookEvent {
	const mark = `forged-${randomBytes(6).toString('hex')}`;
	const { sender, recipient, from, media, ...rest } = event.body;
	const text = JSON.stringify(rest, (key, value: unknown) =>
		NAMES_IT.includes(key) && typeof value === 'string' ? mark : value,
	);
	const invented = JSON.parse(text) as Record<string, unknown>;
	const people = Object.entries({ sender, recipient, from, media });
	for (const [name, value] of people) if (value !== undefined) invented[name] = value;
	return { ...event, body: invented };
}

/** Headers that do not fit a body: signed with no, with another secret, or for another body. */
export function forgedHeaders(how: Forgery, body: string, secret: string): Record<string, string> {
	switch (how) {
		case 'wrongSecret':
			return signatureHeaders(body, randomBytes(16).toString('hex'));
		case 'tampered':
			return signatureHeaders(`${body} `, secret);
		case 'unsigned':
			return {};
	}
}
