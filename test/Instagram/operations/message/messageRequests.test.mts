import type { IDataObject } from 'n8n-workflow';
import { graphError, guardNetwork, line, listenAt, type Received } from '../../../support/graph.mts';
import { BAKERY, GRAPH, tokens } from '../../../support/logins.mts';
import { jsons, operationOf, run } from '../../../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../../../support/pastedTokens.mts';
import { proofIn, provenBody } from '../../../support/proofs.mts';
import { runNode } from '../../../support/runNode.mts';

guardNetwork();

const ANSWER = { recipient_id: '777', message_id: 'aWdfZ1', attachment_id: '99' };
const recipient = { id: '777' };
const to = { recipientId: { __rl: true, mode: 'id', value: '777' } };
const URL = 'https://cdn.example/bread.jpg';
const asInstagram = async (operation: string, more: object) => {
	const credentials = openedLogin(pastedTokens.instagram, {
		kind: 'instagram',
		token: pastedTokens.instagram,
		endsIn: 59,
		renewed: -1,
	});
	return await runNode({
		parameters: operationOf('message', operation, { authentication: TYPE, ...more }),
		credentials,
	});
};
const attachment = (type: string, payload?: object) => ({
	recipient,
	message: { attachment: { type, ...(payload ? { payload } : {}) } },
});

/** What a call says, as whom, and where it proves that. */
const sent = (call: Received) => [line(call), call.authorization, proofIn(call), provenBody(call).content];

/** Operation, parameters, and the body that Meta must receive. */
// prettier-ignore
const SENT: Array<[string, IDataObject, object]> = [
	['sendText', { ...to, text: 'Grüße' }, { recipient, message: { text: 'Grüße' } }],
	['sendText', { ...to, text: 'Hi', options: { replyTo: ' aWdm ' } }, { recipient, message: { text: 'Hi' }, reply_to: { mid: 'aWdm' } }],
	['sendText', { ...to, text: 'Hi', options: { humanAgent: true } }, { recipient, message: { text: 'Hi' }, messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }],
	['sendText', { ...to, text: 'Hi', options: { humanAgent: false, replyTo: '' } }, { recipient, message: { text: 'Hi' } }],
	['sendText', { ...to, text: 'Hi', options: { threadControl: 'pass', passToAppId: '={{ 42 }}' } }, { recipient, message: { text: 'Hi' }, messaging_type: 'RESPONSE', thread_control: { control_type: 'pass', app_id: '42' } }],
	['sendText', { ...to, text: 'Hi', options: { threadControl: 'pass' } }, { recipient, message: { text: 'Hi' }, messaging_type: 'RESPONSE', thread_control: { control_type: 'pass' } }],
	['sendText', { ...to, text: 'Hi', options: { threadControl: 'release', passToAppId: '42' } }, { recipient, message: { text: 'Hi' }, messaging_type: 'RESPONSE', thread_control: { control_type: 'release' } }],
	['sendMedia', { ...to, mediaType: 'image', source: 'url', mediaUrl: ` ${URL} ` }, attachment('image', { url: URL })],
	['sendMedia', { ...to, mediaType: 'video', source: 'url', mediaUrl: URL, options: { reusable: true } }, attachment('video', { url: URL, is_reusable: true })],
	['sendMedia', { ...to, mediaType: 'audio', source: 'attachment', attachmentId: '={{ 12 }}', options: { reusable: true } }, attachment('audio', { attachment_id: '12' })],
	['sendMedia', { ...to, mediaType: 'file', source: 'url', mediaUrl: URL }, attachment('file', { url: URL })],
	['sendMedia', { ...to, mediaType: 'image', source: 'attachment', attachmentId: '1, 2' }, { recipient, message: { attachments: ['1', '2'].map((id) => ({ type: 'image', payload: { attachment_id: id } })) } }],
	['sendMedia', { ...to, mediaType: 'image', source: 'url', mediaUrl: '={{ ["https://a.example/1", "https://a.example/2,3"] }}' }, { recipient, message: { attachments: ['https://a.example/1', 'https://a.example/2,3'].map((url) => ({ type: 'image', payload: { url } })) } }],
	['sendMedia', { ...to, mediaUrl: 'https://köln.example/bröd.jpg?a=%2F' }, attachment('image', { url: 'https://xn--kln-sna.example/br%C3%B6d.jpg?a=%2F' })],
	['sendMedia', { ...to, mediaUrl: 'https://A.example/x?sig=%2f+~' }, attachment('image', { url: 'https://A.example/x?sig=%2f+~' })],
	['sendSticker', to, attachment('like_heart')],
	['sharePost', { ...to, postId: ' 1789 ' }, attachment('MEDIA_SHARE', { id: '1789' })],
	['sendQuickReplies', { ...to, text: 'Size?', quickReplies: { reply: [{ title: 'S', payload: 'SMALL' }, { title: 'M' }] } }, { recipient, message: { text: 'Size?', quick_replies: [{ content_type: 'text', title: 'S', payload: 'SMALL' }, { content_type: 'text', title: 'M', payload: 'M' }] } }],
	['sendQuickReplies', { ...to, text: 'Size?', specifyReplies: 'json', quickRepliesJson: '={{ [{ content_type: "text", title: 7 }] }}' }, { recipient, message: { text: 'Size?', quick_replies: [{ content_type: 'text', title: '7', payload: '7' }] } }],
	['sendTemplate', { ...to, templateType: 'button', templateText: 'Next?', buttons: { button: [{ type: 'postback', title: 'Go', payload: '' }] } }, attachment('template', { template_type: 'button', text: 'Next?', buttons: [{ type: 'postback', title: 'Go', payload: 'Go' }] })],
	['sendTemplate', { ...to, templateType: 'generic', cards: { card: [{ title: 'Rye', subtitle: '', imageUrl: '', linkUrl: URL, buttons: {} }] } }, attachment('template', { template_type: 'generic', elements: [{ title: 'Rye', default_action: { type: 'web_url', url: URL } }] })],
	['sendTemplate', { ...to, templateType: 'generic', specifyTemplate: 'json', templateJson: '[{ "title": "Rye", "subtitle": "Dark" }]' }, attachment('template', { template_type: 'generic', elements: [{ title: 'Rye', subtitle: 'Dark' }] })],
	['sendTemplate', { ...to, templateType: 'generic', specifyTemplate: 'json', templateJson: '={{ ({ template_type: "product", elements: [{ id: "5" }] }) }}' }, attachment('template', { template_type: 'product', elements: [{ id: '5' }] })],
	['sendTemplate', { ...to, templateType: 'product', productIds: '={{ ["5", 6] }}' }, attachment('template', { template_type: 'product', elements: [{ id: '5' }, { id: '6' }] })],
	['replyPrivately', { commentId: ' 17 ', text: 'Hi' }, { recipient: { comment_id: '17' }, message: { text: 'Hi' } }],
	['replyPrivately', { commentId: '17', replyType: 'quickReplies', text: 'Size?', quickReplies: { reply: [{ title: 'S', payload: 'SMALL' }, { title: 'M' }] } }, { recipient: { comment_id: '17' }, message: { text: 'Size?', quick_replies: [{ content_type: 'text', title: 'S', payload: 'SMALL' }, { content_type: 'text', title: 'M', payload: 'M' }] } }],
	['replyPrivately', { commentId: '17', replyType: 'quickReplies', text: 'Size?', specifyReplies: 'json', quickRepliesJson: '[{ "content_type": "text", "title": "S" }]' }, { recipient: { comment_id: '17' }, message: { text: 'Size?', quick_replies: [{ content_type: 'text', title: 'S', payload: 'S' }] } }],
	['replyPrivately', { commentId: '17', replyType: 'buttons', templateText: 'Next?', buttons: { button: [{ type: 'postback', title: 'Go', payload: '' }] } }, { recipient: { comment_id: '17' }, message: attachment('template', { template_type: 'button', text: 'Next?', buttons: [{ type: 'postback', title: 'Go', payload: 'Go' }] }).message }],
	['replyPrivately', { commentId: '17', replyType: 'buttons', specifyTemplate: 'json', templateJson: '{ "text": "Next?", "buttons": [{ "type": "web_url", "title": "Go", "url": "https://cdn.example/" }] }' }, { recipient: { comment_id: '17' }, message: attachment('template', { template_type: 'button', text: 'Next?', buttons: [{ type: 'web_url', title: 'Go', url: 'https://cdn.example/' }] }).message }],
	['react', { ...to, messageId: 'aWdm', reaction: ' love ' }, { recipient, sender_action: 'react', payload: { message_id: 'aWdm', reaction: 'love' } }],
	['removeReaction', { ...to, messageId: 'aWdm' }, { recipient, sender_action: 'unreact', payload: { message_id: 'aWdm' } }],
	['showTyping', to, { recipient, sender_action: 'typing_on' }],
	['hideTyping', to, { recipient, sender_action: 'typing_off' }],
	['markSeen', to, { recipient, sender_action: 'mark_seen' }],
];

describe('what leaves n8n', () => {
	it.each(SENT)('message: %s %j', async (operation, parameters, body) => {
		const calls = listenAt(GRAPH, () => ({ body: ANSWER }));
		const { items, error } = await run('message', operation, parameters);
		expect(error).toBeUndefined();
		expect(calls.map(sent)).toEqual([[`POST /${BAKERY.pageId}/messages`, `Bearer ${tokens.bakery}`, 'body', body]]);
		expect(jsons(items)[0].recipientId).toBe('777');
	});

	it('goes to the account itself with Instagram Login', async () => {
		const calls = listenAt(INSTAGRAM, () => ({ body: ANSWER }));
		await asInstagram('sendSticker', to);
		await asInstagram('uploadAttachment', { mediaType: 'image', mediaUrl: URL });
		expect(calls.map(sent)).toEqual([
			[`POST /${BAKERY.id}/messages`, `Bearer ${pastedTokens.instagram}`, 'none', attachment('like_heart')],
			[
				`POST /${BAKERY.id}/message_attachments`,
				`Bearer ${pastedTokens.instagram}`,
				'none',
				{ message: { attachment: { type: 'image', payload: { url: URL, is_reusable: true } } } },
			],
		]);
	});

	it('uploads with the platform where Meta asks for it', async () => {
		const calls = listenAt(GRAPH, () => ({ body: { attachment_id: '99' } }));
		const { items } = await run('message', 'uploadAttachment', { mediaType: 'file', mediaUrl: URL });
		expect(calls.map(sent)).toEqual([
			[
				`POST /${BAKERY.pageId}/message_attachments`,
				`Bearer ${tokens.bakery}`,
				'body',
				{ platform: 'instagram', message: { attachment: { type: 'file', payload: { url: URL, is_reusable: true } } } },
			],
		]);
		expect(jsons(items)).toEqual([{ attachmentId: '99', mediaType: 'file' }]);
	});

	it('reads a message with all that hangs on it', async () => {
		const calls = listenAt(GRAPH, () => ({
			body: {
				id: 'a=',
				message: 'Hi',
				attachments: { data: [{ file_url: URL, mime_type: 'audio/mp4' }], paging: { next: `${URL}?access_token=x` } },
			},
		}));
		const { items } = await run('message', 'get', { messageId: 'a=' });
		expect([line(calls[0]), calls[0].query.fields]).toEqual([
			'GET /a%3D',
			'id,created_time,from,to,message,attachments,shares,story,reactions,is_unsupported',
		]);
		expect(jsons(items)[0]).toMatchObject({ text: 'Hi', attachments: [{ type: 'audio', url: URL }] });
		const raw = await run('message', 'get', { messageId: 'a=', simplify: false });
		expect(jsons(raw.items)).toEqual([
			{
				id: 'a=',
				message: 'Hi',
				attachments: { data: [{ file_url: URL, mime_type: 'audio/mp4' }], paging: { next: URL } },
			},
		]);
	});
});

describe('what n8n refuses before any call', () => {
	it.each<[string, IDataObject, string]>(
		// prettier-ignore
		[
			['sendText', { ...to, text: 'Hi', options: { humanAgent: true, threadControl: 'release' } }, 'A message with the Human Agent tag cannot hand over the conversation'],
			['sendMedia', { ...to, mediaType: 'video', mediaUrl: `${URL}\n${URL}` }, 'There are 2 files of the type video; Instagram takes at most 1'],
			['sendMedia', { ...to, mediaUrl: 'bread.jpg' }, 'The address of the file "bread.jpg" is not a web address'],
			['sendMedia', { ...to, source: 'attachment', attachmentId: ' , ' }, 'There are 0 images; Instagram needs at least 1'],
			['uploadAttachment', { mediaUrl: `${URL}\n${URL}` }, 'There are 2 files; an upload takes one'],
			['react', { ...to, messageId: 'aWdm', reaction: ' ' }, '"Reaction" is empty'],
			['sendQuickReplies', { ...to, text: 'x', specifyReplies: 'json', quickRepliesJson: '[{' }, '"Quick Replies (JSON)" is not valid JSON'],
			['sendQuickReplies', { ...to, text: 'x', specifyReplies: 'json', quickRepliesJson: '["Yes"]' }, '"Quick Replies (JSON)" is not a list of objects'],
			['sendQuickReplies', { ...to, text: 'x', specifyReplies: 'json', quickRepliesJson: '[{ "content_type": "location" }]' }, 'Instagram knows no quick reply of the type "location"'],
			['sendTemplate', { ...to, templateType: 'button', templateText: 'x', buttons: { button: [{ type: 'web_url', title: 'Go', url: 'site' }] } }, 'The URL of a button "site" is not a web address'],
			['replyPrivately', { commentId: '17', text: ' ' }, '"Text" is empty'],
			['replyPrivately', { commentId: '17', replyType: 'quickReplies', text: 'Size?' }, 'There are 0 quick replies; Instagram needs at least 1'],
			['replyPrivately', { commentId: '17', replyType: 'buttons', templateText: '={{ "" }}', buttons: { button: [{ type: 'postback', title: 'Go' }] } }, '"Text" is empty'],
			['sendTemplate', { ...to, templateType: 'generic', cards: { card: [{ title: 'Only a title' }] } }, 'The card "Only a title" has nothing but a title'],
			['sendTemplate', { ...to, specifyTemplate: 'json', templateJson: '{ "template_type": "receipt" }' }, 'Instagram knows no template of the type "receipt"'],
		],
	)('message: %s %j', async (operation, parameters, message) => {
		const calls = listenAt(GRAPH, () => ({ body: ANSWER }));
		const { error } = await run('message', operation, parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
		expect(calls).toEqual([]);
	});

	it('products with Instagram Login', async () => {
		const calls = listenAt(INSTAGRAM, () => ({ body: ANSWER }));
		const { error } = await asInstagram('sendTemplate', { ...to, templateType: 'product', productIds: '5' });
		expect(error?.message).toBe('Instagram Login has no product templates');
		expect(calls).toEqual([]);
	});
});

describe('when the answer gets lost', () => {
	it('a message is not sent twice, and the reader is told to look', async () => {
		const calls = listenAt(GRAPH, () => 'reset');
		const { error } = await run('message', 'sendSticker', to);
		expect(calls).toHaveLength(1);
		expect(error?.description).toContain('may or may not have been sent');
	});

	it('typing is shown again: twice does no harm', async () => {
		const calls = listenAt(GRAPH, (_request, count) => (count === 1 ? 'reset' : { body: ANSWER }));
		expect((await run('message', 'showTyping', to)).error).toBeUndefined();
		expect(calls).toHaveLength(2);
	});

	it('half of a long text tells which part is missing', async () => {
		const calls = listenAt(GRAPH, (_request, count) =>
			count < 3 ? { body: ANSWER } : { status: 400, body: graphError(10, 2534022) },
		);
		const { error } = await run('message', 'sendText', {
			...to,
			text: 'word '.repeat(900),
			options: { splitLongText: true, replyTo: 'm', threadControl: 'release' },
		});
		expect(error?.message).toBe('The 24-hour window to answer this person is closed');
		expect(error?.description).toMatch(
			/^Parts 1 to 2 of 5 went out; send only the rest again\. .*Meta error 10\/2534022/,
		);
		expect(calls.map((call) => Object.keys(provenBody(call).content))).toEqual([
			['recipient', 'message', 'reply_to'],
			['recipient', 'message'],
			['recipient', 'message'],
		]);
	});

	it('a cancelled long text stops where it is', async () => {
		let cancel = () => {};
		const calls = listenAt(GRAPH, () => {
			cancel();
			return { body: ANSWER };
		});
		await run(
			'message',
			'sendText',
			{ ...to, text: 'word '.repeat(900), options: { splitLongText: true } },
			{ onStart: (stop) => (cancel = stop) },
		);
		expect(calls).toHaveLength(1);
	});
});
