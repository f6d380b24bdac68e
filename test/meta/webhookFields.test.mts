import { accountFieldsFor, WEBHOOK_FIELDS } from '../../nodes/meta/webhookFields.ts';
import { readers } from '../../nodes/InstagramTrigger/events/index.ts';

describe('the fields of webhooks', () => {
	it('are those that the events of the trigger come in', () => {
		const known = new Map(WEBHOOK_FIELDS.map(({ field, pageField }) => [field, pageField]));
		// Echoes come in the field of messages, but have a field of their own at the Page.
		const own = readers.filter(({ event }) => event !== 'echo').map(({ field, pageField }) => [field, pageField]);
		expect(own.filter(([field, pageField]) => known.get(field) !== pageField)).toEqual([]);
		expect(readers.map(({ field }) => field).filter((field) => !known.has(field))).toEqual([]);
	});

	it('are each listed once, in order', () => {
		const names = WEBHOOK_FIELDS.map(({ name }) => name);
		expect([...new Set(names)].sort((a, b) => a.localeCompare(b))).toEqual(names);
		expect(new Set(WEBHOOK_FIELDS.map(({ field }) => field)).size).toBe(WEBHOOK_FIELDS.length);
	});

	it('have other names at a Page, and some exist with one login only', () => {
		const all = ['messages', 'comments', 'live_comments', 'messaging_seen', 'mentions', 'messaging_optins', 'made_up'];
		expect(accountFieldsFor(all, 'facebook').sort()).toEqual(['feed', 'message_reads', 'messages']);
		expect(accountFieldsFor(all, 'instagram').sort()).toEqual(['comments', 'live_comments', 'messages', 'messaging_optins', 'messaging_seen']);
		expect(accountFieldsFor([], 'facebook')).toEqual([]);
	});
});
