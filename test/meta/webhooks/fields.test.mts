import { accountFieldsFor, WEBHOOK_FIELDS } from '../../../nodes/meta/webhooks/fields.ts';
import { readers } from '../../../nodes/InstagramTrigger/events/index.ts';

describe('the fields of webhooks', () => {
	it('are what the events of the trigger take their facts from', () => {
		const facts = readers.map(({ event, pageField, onlyWith }) => [event, pageField, onlyWith]);
		expect(facts).toEqual(
			expect.arrayContaining([
				['message', 'messages', undefined],
				['mention', 'feed', 'facebook'],
				['optin', 'messaging_optins', 'instagram'],
				['seen', 'message_reads', undefined],
			]),
		);
		// Echoes come in the field of messages, but have a field of their own at the Page.
		expect(facts).toContainEqual(['echo', 'message_echoes', undefined]);
	});

	it('are each listed once, in order', () => {
		const names = WEBHOOK_FIELDS.map(({ name }) => name);
		expect([...new Set(names)].sort((a, b) => a.localeCompare(b))).toEqual(names);
		expect(new Set(WEBHOOK_FIELDS.map(({ field }) => field)).size).toBe(WEBHOOK_FIELDS.length);
	});

	it('have other names at a Page, and some exist with one login only', () => {
		const all = ['messages', 'comments', 'live_comments', 'messaging_seen', 'mentions', 'messaging_optins', 'made_up'];
		expect(accountFieldsFor(all, 'facebook').sort()).toEqual(['feed', 'message_reads', 'messages']);
		expect(accountFieldsFor(all, 'instagram').sort()).toEqual([
			'comments',
			'live_comments',
			'messages',
			'messaging_optins',
			'messaging_seen',
		]);
		expect(accountFieldsFor([], 'facebook')).toEqual([]);
	});
});
