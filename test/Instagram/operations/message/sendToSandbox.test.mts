import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jpeg } from '../../../sandbox/support.mts';
import { openInbox, type Inbox } from '../../../support/stages/inbox.mts';

let inbox: Inbox;
let host: Awaited<ReturnType<typeof startHost>>;
beforeEach(async () => {
	inbox = await openInbox();
});
afterEach(async () => await inbox.close());
beforeAll(async () => {
	host = await startHost();
});
afterAll(async () => await host.close());

/** A web host with a picture, a PDF, and an image of one byte too many. */
async function startHost() {
	const files: Record<string, Buffer> = {
		'/bröd.jpg': jpeg(40, 40),
		'/prices.pdf': Buffer.from('%PDF-1.4\n%%EOF'),
		'/huge.jpg': Buffer.alloc(8 * 1024 * 1024 + 1),
	};
	const server = createServer((request, response) => {
		const file = files[decodeURI(request.url ?? '')];
		response.writeHead(file ? 200 : 404).end(file);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		picture: `${url}/bröd.jpg`,
		pdf: `${url}/prices.pdf`,
		huge: `${url}/huge.jpg`,
		close: async () => await new Promise((done) => server.close(done)),
	};
}

const last = async () => (await inbox.seen()).at(-1);

describe('what a customer gets', () => {
	it('a text, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const { json, error } = await run('message', 'sendText', {
				recipientId: inbox.person,
				text: 'Grüße 👋',
				options: { replyTo: inbox.mid },
			});
			expect(error).toBeUndefined();
			expect(await last()).toMatchObject({
				mid: json.messageId,
				text: 'Grüße 👋',
				from: 'account',
				replyTo: inbox.mid,
			});
		}
	});

	it('a long text in parts that read as one', async () => {
		const text = `${'Brot & Brötchen 🥐 '.repeat(120)}Ende.`;
		const { json, error } = await inbox.run('message', 'sendText', {
			recipientId: inbox.person,
			text,
			options: { splitLongText: true },
		});
		expect(error).toBeUndefined();
		const parts = (await inbox.seen()).filter(({ from }) => from === 'account');
		expect(parts.map(({ mid }) => mid)).toEqual(json.messageIds);
		expect(parts.length).toBeGreaterThan(2);
		expect(parts.map((part) => part.text).join(' ')).toBe(text);
	});

	it('pictures and a PDF by URL and by attachment ID, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const to = { recipientId: inbox.person };
			const { json: upload } = await run('message', 'uploadAttachment', {
				mediaType: 'image',
				source: 'url',
				mediaUrl: host.picture,
			});
			const sent = [
				await run('message', 'sendMedia', {
					...to,
					mediaType: 'image',
					source: 'url',
					mediaUrl: host.picture,
					options: { reusable: true },
				}),
				await run('message', 'sendMedia', {
					...to,
					mediaType: 'image',
					source: 'url',
					mediaUrl: `${host.picture}\n${host.picture}`,
				}),
				await run('message', 'sendMedia', {
					...to,
					mediaType: 'image',
					source: 'attachment',
					attachmentId: String(upload.attachmentId),
				}),
				await run('message', 'sendMedia', { ...to, mediaType: 'file', source: 'url', mediaUrl: host.pdf }),
			];
			expect(sent.map(({ error }) => error)).toEqual(Array(4).fill(undefined));
			expect(sent[0].json.attachmentId).toMatch(/^\d+$/);
			const shown = (await inbox.seen())
				.slice(-4)
				.map(({ attachments }) => attachments.map(({ type }: { type: string }) => type));
			expect(shown).toEqual([['image'], ['image', 'image'], ['image'], ['file']]);
		}
	});

	it('nothing of a file that Meta cannot take, and it is said what is wrong with it', async () => {
		const send = async (mediaType: string, more: object) =>
			(await inbox.run('message', 'sendMedia', { recipientId: inbox.person, mediaType, ...more })).error?.message;
		expect([
			await send('image', { source: 'url', mediaUrl: `${host.picture}x` }),
			await send('video', { source: 'url', mediaUrl: host.picture }),
			await send('image', { source: 'attachment', attachmentId: '1' }),
			await send('image', { source: 'url', mediaUrl: host.huge }),
		]).toEqual([
			'Meta could not fetch the file from its address',
			'Meta does not take this file as the chosen media type',
			'Meta does not know this attachment ID',
			'The file is too large for a message',
		]);
		expect((await inbox.seen()).filter(({ from }) => from === 'account')).toEqual([]);
	});

	it('the heart, and a post of the account', async () => {
		const posts = await inbox.control('GET', '/accounts/sandbox_bakery/feed');
		const postId = posts.body.media[0].id;
		expect((await inbox.run('message', 'sendSticker', { recipientId: inbox.person })).error).toBeUndefined();
		expect((await last())?.attachments).toEqual([{ type: 'like_heart' }]);
		expect(
			(await inbox.runAsInstagram('message', 'sharePost', { recipientId: inbox.person, postId })).error,
		).toBeUndefined();
		expect((await last())?.attachments).toMatchObject([{ type: 'ig_post', payload: { ig_post_media_id: postId } }]);
		const strange = await inbox.run('message', 'sharePost', { recipientId: inbox.person, postId: '18000000000000000' });
		expect(strange.error?.message).toBe('Meta refused the content of the message');
	});

	it('quick replies', async () => {
		const quickReplies = {
			reply: [
				{ title: 'Öffnungszeiten', payload: '' },
				{ title: 'Anfahrt', payload: 'WAY' },
			],
		};
		const { error } = await inbox.run('message', 'sendQuickReplies', {
			recipientId: inbox.person,
			text: 'What next?',
			quickReplies,
		});
		expect(error).toBeUndefined();
		expect((await last())?.quickReplies).toEqual([
			{ title: 'Öffnungszeiten', payload: 'Öffnungszeiten', contentType: 'text' },
			{ title: 'Anfahrt', payload: 'WAY', contentType: 'text' },
		]);
	});

	it('cards, buttons and products', async () => {
		const buttons = {
			button: [
				{ type: 'postback', title: 'Order', payload: 'ORDER' },
				{ type: 'web_url', title: 'Site', url: 'https://bakery.example' },
			],
		};
		const card = {
			title: 'Sourdough',
			subtitle: 'Fresh',
			imageUrl: 'https://bakery.example/1.jpg',
			linkUrl: 'https://bakery.example',
			buttons,
		};
		const to = { recipientId: inbox.person };
		const sent = [
			await inbox.run('message', 'sendTemplate', {
				...to,
				templateType: 'generic',
				cards: { card: [card, { title: 'Rye', subtitle: 'Dark' }] },
			}),
			await inbox.runAsInstagram('message', 'sendTemplate', {
				...to,
				templateType: 'button',
				templateText: 'What next?',
				buttons,
			}),
			await inbox.run('message', 'sendTemplate', { ...to, templateType: 'product', productIds: '11, 12' }),
		];
		expect(sent.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		const [generic, button, product] = (await inbox.seen()).slice(-3).map(({ attachments }) => attachments[0].payload);
		expect(generic.elements).toHaveLength(2);
		expect(generic.elements[0].buttons.map(({ type }: { type: string }) => type)).toEqual(['postback', 'web_url']);
		expect(button).toMatchObject({ template_type: 'button', text: 'What next?' });
		expect(product).toEqual({ template_type: 'product', elements: [{ id: '11' }, { id: '12' }] });
	});
});
