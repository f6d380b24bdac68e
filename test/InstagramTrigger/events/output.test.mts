import type { INodePropertyOptions } from 'n8n-workflow';
import { readers } from '../../../nodes/InstagramTrigger/events/index.ts';
import type { Field, Shape } from '../../../nodes/InstagramTrigger/events/shared/shape.ts';
import { triggerFields } from '../../../nodes/InstagramTrigger/panel/fields.ts';
import { HEARD_FIELDS, INSTAGRAM_FIELDS, LOGIN_FIELDS, PAGE_FIELDS } from '../../../sandbox/webhooks/fields.mts';
import { toTestSample } from '../../../sandbox/webhooks/samples.mts';
import { read } from '../../support/events.mts';
import { fixtureNames } from '../../support/fixtures.mts';
import { faults, shapeFaults } from '../../support/itemFault.mts';

const COMMON = ['event', 'eventId', 'accountId', 'conversationWith', 'username', 'timestamp', 'isEcho', 'isTest'];
const items = fixtureNames.flatMap((name) =>
	read(name, {
		accounts: ['17841400000000001', '17841400000000002', '17841400000000009', '99999999999999999', '90071992547409939'],
	}),
);

describe('items', () => {
	it.each(readers.map((reader) => [reader.event, reader] as const))(
		'of %s have all their keys, always, with the types that the documents tell',
		(event, { output }) => {
			const own = items.filter((item) => item.event === event);
			expect(own.length).toBeGreaterThan(0);
			for (const item of own) {
				expect(Object.keys(item)).toEqual([...COMMON, ...Object.keys(output), 'raw']);
				const { raw: _raw, ...rest } = item;
				for (const key of COMMON) delete rest[key];
				expect(shapeFaults(event, rest, output)).toEqual([]);
			}
		},
	);

	it.each(readers.map((reader) => [reader.event, reader] as const))(
		'of %s are described key by key',
		(_event, { output }) => {
			const all = (shape: Shape): Field[] =>
				Object.values(shape).flatMap((field) => [field, ...all(field.inner ?? {})]);
			expect(all(output).filter(({ description }) => !/^[^ ].*[^. ]$/.test(description))).toEqual([]);
		},
	);

	it('are looked at closely enough to find what is wrong', () => {
		const shape: Shape = { a: { type: 'ID or null', description: 'A', read: () => null } };
		expect(shapeFaults('x', { a: '1' }, shape)).toEqual([]);
		expect(shapeFaults('x', { a: 1 }, shape)).toEqual(['x.a is no ID or null']);
		expect(shapeFaults('x', { a: null, b: 1 }, shape)).toEqual(['x has a,b instead of a']);
		expect(faults('x', [{ a: '' }], { type: 'list', inner: shape })).toEqual(['x[0].a is no ID or null']);
	});
});

describe('what an event is subscribed with', () => {
	it.each(readers.map((reader) => [reader.event, reader] as const))(
		'are fields that Meta has: %s',
		(_event, { field, pageField, onlyWith }) => {
			expect(INSTAGRAM_FIELDS).toContain(field);
			expect(PAGE_FIELDS).toContain(pageField);
			expect(LOGIN_FIELDS.instagram.has(field)).toBe(onlyWith !== 'facebook');
		},
	);

	it.each(readers.filter(({ anyField }) => !anyField).map((reader) => [reader.event, reader] as const))(
		'are fields that the sandbox delivers to the logins that have them, and has a sample of: %s',
		(_event, { field, onlyWith }) => {
			for (const login of ['facebook', 'instagram'] as const)
				expect([login, HEARD_FIELDS[login].has(field)]).toEqual([login, (onlyWith ?? login) === login]);
			expect(JSON.stringify(toTestSample(field, 0))).not.toContain('"value":{}');
		},
	);

	it('is told where the operator chooses, when only one login offers it', () => {
		const { options } = triggerFields.find(({ name }) => name === 'events')!;
		const marked = (options as INodePropertyOptions[])
			.filter(({ description }) => / Login only\)$/.test(description!))
			.map(({ value }) => value);
		expect(marked.sort()).toEqual(['feedback', 'mention', 'optin', 'policy', 'storyInsights']);
	});
});
