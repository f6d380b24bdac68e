import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, readDescription, type Description } from '../../tools/docs/specRules.mts';

const folder = mkdtempSync(join(tmpdir(), 'description-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A description in the shape in which Meta publishes its own. */
function describeApi(): Description {
	const params = [
		{ name: 'recipient', required: true, type: 'Object' },
		{ name: 'action', required: false, type: 'page_action_enum' },
		{ name: 'fields_wanted', required: false, type: 'list<page_action_enum>' },
		{ name: 'count', required: false, type: 'unsigned int' },
		{ name: 'odd', required: false, type: 'something_new' },
	];
	const page = {
		apis: [
			{ method: 'POST', endpoint: 'messages', params },
			{ method: 'GET', name: '#get', params: [] },
		],
		fields: [{ name: 'about', type: 'string' }],
	};
	writeFileSync(join(folder, 'Page.json'), JSON.stringify(page));
	writeFileSync(
		join(folder, 'enum_types.json'),
		JSON.stringify([{ name: 'page_action_enum', values: ['TYPING_ON', 'REACT'] }]),
	);
	return readDescription(folder);
}

const verdictOf = (edge: string, parameters: Record<string, unknown> = {}) =>
	check([{ operation: 'Message: Send', edge, parameters }], describeApi());
const said = (edge: string, parameters?: Record<string, unknown>) =>
	verdictOf(edge, parameters).findings.map(({ at, what }) => `${at} - ${what}`);
const to = { recipient: { id: '1' } };

describe("the check against Meta's description", () => {
	it.each([
		[{ ...to, action: 'typing_on', fields_wanted: ['REACT'], count: '3' }],
		[{ recipient: '{"id":"1"}', fields_wanted: 'react,typing_on', count: 3, appsecret_proof: 'x', limit: 5 }],
	])('takes what fits: %j', (parameters) => {
		expect(said('POST Page/messages', parameters)).toEqual([]);
		expect(said('GET Page', { fields: 'id' })).toEqual([]);
		expect(said('GET Page/?about')).toEqual([]);
	});

	it.each<[string, object, string]>([
		['POST Page/massages', {}, 'POST Page/massages - the node has no such edge with this method'],
		['GET Page/messages', {}, 'GET Page/messages - the node has no such edge with this method'],
		['POST Pages/messages', {}, 'POST Pages/messages - the description lacks this node'],
		['GET Page/?abut', {}, 'GET Page/?abut - the node has no such field'],
		['POST Page/messages', {}, 'POST Page/messages: recipient - is required and missing'],
		['POST Page/messages', { ...to, text: 'Hi' }, 'POST Page/messages: text - the edge has no such parameter'],
		['POST Page/messages', { ...to, action: 'typing' }, 'POST Page/messages: action - "typing" is no page_action_enum'],
		[
			'POST Page/messages',
			{ ...to, fields_wanted: 'react,typing' },
			'POST Page/messages: fields_wanted - "react,typing" is no list<page_action_enum>',
		],
		['POST Page/messages', { ...to, count: '-3' }, 'POST Page/messages: count - "-3" is no unsigned int'],
		['POST Page/messages', { recipient: '1' }, 'POST Page/messages: recipient - "1" is no Object'],
	])('finds %s %j', (edge, parameters, finding) => {
		expect(said(edge, parameters as Record<string, unknown>)).toEqual([finding]);
	});

	it('counts what it can say nothing about, and names the operations of a finding', () => {
		expect(verdictOf('POST Page/messages', { ...to, odd: 1 })).toMatchObject({
			requests: 1,
			parameters: 2,
			unexplained: 1,
			findings: [],
		});
		expect(verdictOf('GET User/accounts')).toMatchObject({ notInFolder: 1, findings: [] });
		expect([...verdictOf('GET Page/x').findings[0].operations]).toEqual(['Message: Send']);
	});
});
