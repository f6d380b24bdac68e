import type { IDataObject } from 'n8n-workflow';
import { guardNetwork, listenAt } from '../../support/graph.mts';
import { GRAPH } from '../../support/logins.mts';
import { jsons, run } from '../../support/parameters.mts';
import { provenBody } from '../../support/proofs.mts';

guardNetwork();

const FILL_IN = 'Fill it in. If it holds an expression, look at what the expression gives for this item.';
const to = { recipientId: '777' };
const serve = () =>
	listenAt(GRAPH, () => ({ body: { success: true, recipient_id: '777', message_id: 'm', attachment_id: '9' } }));
const asked = (label: string) => ({ error: `"${label}" is empty`, details: FILL_IN });

describe('a field that a choice makes necessary', () => {
	// n8n itself refuses a field that is left empty in the editor; what an expression gives is seen here only.
	it.each<[string, string, IDataObject, string]>([
		['conversation', 'passControl', { personId: '777', target: 'app', targetAppId: '={{ " " }}' }, 'App ID'],
		['message', 'sendMedia', { ...to, source: 'url', mediaUrl: '={{ "" }}' }, 'URL'],
		['message', 'sendMedia', { ...to, source: 'attachment', attachmentId: '={{ null }}' }, 'Attachment ID'],
		['message', 'uploadAttachment', { source: 'url', mediaUrl: '={{ $json.missing }}' }, 'URL'],
		[
			'message',
			'sendTemplate',
			{
				...to,
				templateType: 'button',
				templateText: '={{ "" }}',
				buttons: { button: [{ type: 'postback', title: 'Go' }] },
			},
			'Text',
		],
		['message', 'sendTemplate', { ...to, templateType: 'product', productIds: '={{ [] }}' }, 'Product IDs'],
	])('is asked for: %s: %s %j', async (resource, operation, parameters, label) => {
		const calls = serve();
		const { error } = await run(resource, operation, parameters);
		expect([error?.message, error?.description]).toEqual([`"${label}" is empty`, FILL_IN]);
		expect(calls).toEqual([]);
	});

	it.each<[string, string, IDataObject]>([
		['conversation', 'passControl', { personId: '777', target: 'default', targetAppId: '={{ "" }}' }],
		['message', 'sendMedia', { ...to, source: 'attachment', attachmentId: '1', mediaUrl: '={{ "" }}' }],
		[
			'message',
			'sendTemplate',
			{
				...to,
				templateType: 'generic',
				cards: { card: [{ title: 'Rye', subtitle: 'Dark' }] },
				productIds: '={{ "" }}',
			},
		],
		[
			'message',
			'sendTemplate',
			{
				...to,
				templateType: 'button',
				specifyTemplate: 'json',
				templateJson: '{ "text": "Next?", "buttons": [{ "type": "postback", "title": "Go", "payload": "GO" }] }',
				templateText: '={{ "" }}',
			},
		],
	])('is not asked for after another choice: %s: %s %j', async (resource, operation, parameters) => {
		const calls = serve();
		expect((await run(resource, operation, parameters)).error).toBeUndefined();
		expect(calls).toHaveLength(1);
	});

	it('is asked for item by item where the choice is an expression', async () => {
		const calls = serve();
		const items = [
			{ source: 'attachment', id: '1' },
			{ source: 'url', id: '2' },
			{ source: 'url', url: 'https://a.example/1' },
			{ source: 'attachment', url: 'x' },
		];
		const parameters = {
			...to,
			source: '={{ $json.source }}',
			attachmentId: '={{ $json.id }}',
			mediaUrl: '={{ $json.url }}',
		};
		const done = jsons((await run('message', 'sendMedia', parameters, { items, continueOnFail: true })).items);
		expect(done).toEqual([
			expect.objectContaining({ messageId: 'm' }),
			asked('URL'),
			expect.objectContaining({ messageId: 'm' }),
			asked('Attachment ID'),
		]);
		expect(calls.map((call) => (provenBody(call).content.message as IDataObject).attachment)).toEqual([
			{ type: 'image', payload: { attachment_id: '1' } },
			{ type: 'image', payload: { url: 'https://a.example/1' } },
		]);
	});
});
