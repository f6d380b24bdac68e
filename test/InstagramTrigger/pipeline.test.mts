import { createHmac } from 'node:crypto';
import { judge, type TriggerSettings, type Verdict } from '../../nodes/InstagramTrigger/pipeline.ts';
import { fixture } from '../support/fixtures.mts';

const SECRET = 'made-up-app-secret';
const BAKERY = '17841400000000001';
const FLORIST = '17841400000000002';
const PERSON = '5551234567890123';

const settings: TriggerSettings = { events: ['message', 'postback', 'comment'], accounts: [BAKERY], includeEchoes: false, includeOwnComments: false };
const sign = (body: Buffer, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const judged = (body: Buffer, more: Partial<TriggerSettings> = {}): Verdict => judge(body, sign(body), [SECRET], { ...settings, ...more });

function events(body: Buffer, more: Partial<TriggerSettings> = {}) {
	const verdict = judged(body, more);
	if (verdict.status !== 200) throw new Error(`refused with ${verdict.status}: ${verdict.reason}`);
	return verdict.events;
}
const read = (name: string, more: Partial<TriggerSettings> = {}) => events(fixture(name), more);
const raw = (name: string) => JSON.parse(fixture(name).toString('utf8')).entry[0];

describe('who may deliver', () => {
	const body = fixture('text');
	it.each<[string, string | undefined, string[], string]>([
		['nothing signed', undefined, [SECRET], 'signature missing'],
		['a signature of another form', 'sha1=00', [SECRET], 'signature malformed'],
		['another secret', sign(body, 'other'), [SECRET], 'signature mismatch'],
		['the empty secret of a credential that is not filled in', sign(body, ''), [''], 'signature mismatch'],
		['another body', sign(Buffer.from('{}')), [SECRET], 'signature mismatch'],
	])('refuses with 401: %s', (_name, signature, secrets, reason) => {
		expect(judge(body, signature, secrets, settings)).toEqual({ status: 401, reason });
	});

	it('checks the signature before it looks into the body', () => {
		expect(judge(Buffer.from('no json'), sign(body), [SECRET], settings)).toMatchObject({ status: 401 });
	});

	it.each(['', 'no json', '{"object":"instagram"', 'null', '3', '[]', '"instagram"', '{}', '{"object":"page","entry":[]}', '{"object":"instagram"}', '{"object":"instagram","entry":{}}'])(
		'refuses a signed body that is no Instagram delivery with 400: %s',
		(text) => {
			expect(judged(Buffer.from(text))).toEqual({ status: 400, reason: 'not an Instagram delivery' });
		},
	);

	it('takes an empty delivery', () => {
		expect(judged(Buffer.from('{"object":"instagram","entry":[]}'))).toEqual({ status: 200, events: [], hasForeign: false });
	});
});

describe('messages', () => {
	const plain = { attachments: [], quickReply: null, replyTo: null, referral: null, isDeleted: false, isUnsupported: false };

	it('with a text', () => {
		expect(read('text')).toEqual([
			{
				event: 'message',
				eventId: 'aWdfZtext',
				accountId: BAKERY,
				conversationWith: PERSON,
				timestamp: '2025-11-21T10:05:30.123Z',
				isEcho: false,
				isTest: false,
				message: { id: 'aWdfZtext', text: 'Grüße, versendet ihr nach Åland? 👋', ...plain },
				raw: raw('text').messaging[0],
			},
		]);
	});

	it('with attachments, with and without an address', () => {
		expect(read('attachments')[0].message).toEqual({
			...plain,
			id: 'aWdfZatt',
			text: '',
			attachments: [
				{ type: 'image', url: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=x' },
				{ type: 'ig_post', url: 'https://lookaside.fbsbx.com/2', ig_post_media_id: '18139494541428835', title: 'Törtchen' },
				{ type: 'ephemeral', url: null },
			],
		});
	});

	it('that answer a story, tap a quick reply or are taken back', () => {
		expect(read('storyReply')[0].message).toMatchObject({ replyTo: { story: { id: '17900000000000001', url: 'https://cdn.example/story' } } });
		expect(read('quickReply')[0].message).toMatchObject({ text: 'Ja', quickReply: { payload: 'YES' } });
		// As a `message` it would carry the ID of the one that is gone, and pass for its repeat.
		expect(read('deleted')).toEqual([]);
		expect(read('deleted', { events: ['messageDeleted'] })).toMatchObject([
			{ event: 'messageDeleted', eventId: 'aWdfZgone', conversationWith: PERSON, message: { id: 'aWdfZgone', isDeleted: true, text: '' } },
		]);
	});

	it('of the account itself are dropped, or told as echoes with the person they went to', () => {
		expect(read('echo')).toEqual([]);
		expect(read('echo', { events: ['message'], includeEchoes: true })).toMatchObject([
			{ event: 'echo', eventId: 'aWdfZecho', conversationWith: PERSON, isEcho: true, message: { text: 'Danke für die Nachricht' } },
		]);
		expect(read('text', { events: [], includeEchoes: true })).toEqual([]);
	});

	it('without an ID stay two events', () => {
		const [first, second] = read('messagesWithoutId');
		expect([first.message, second.message]).toMatchObject([{ id: null, text: 'erste' }, { id: null, text: 'zweite' }]);
		expect(first.eventId).not.toBe(second.eventId);
	});
});

describe('button taps', () => {
	it('carry what the button carries', () => {
		expect(read('postback')).toMatchObject([
			{ event: 'postback', eventId: 'aWdfZpost', conversationWith: PERSON, postback: { title: 'Öffnungszeiten', payload: 'HOURS', referral: null } },
		]);
	});

	it('without an ID are the same event in every repeat, and another one at another time', () => {
		const body = fixture('postbackWithoutId');
		const later = Buffer.from(body.toString('latin1').replace('"timestamp":1763719530123', '"timestamp":1763719530124'), 'latin1');
		expect(later.equals(body)).toBe(false);
		const [id, again, other] = [body, body, later].map((bytes) => events(bytes)[0].eventId);
		expect(again).toBe(id);
		expect(other).not.toBe(id);
	});
});

describe('comments', () => {
	it('with the key id', () => {
		expect(read('comment')).toEqual([
			{
				event: 'comment',
				eventId: '17900000000000011',
				accountId: BAKERY,
				conversationWith: PERSON,
				timestamp: '2025-11-21T10:05:31.000Z',
				isEcho: false,
				isTest: false,
				comment: { id: '17900000000000011', text: 'Schön 👏', username: 'sandbox_visitor', parentId: '17900000000000010', mediaId: '17900000000000099', mediaType: 'FEED' },
				raw: raw('comment').changes[0],
			},
		]);
	});

	it('with the key comment_id, or with field and value in the entry itself', () => {
		expect(read('commentWithCommentId')).toMatchObject([{ eventId: '17900000000000012', comment: { id: '17900000000000012', text: 'Schön 👏' } }]);
		expect(read('commentInEntry')).toMatchObject([{ eventId: '17900000000000013', comment: { id: '17900000000000013', username: 'sandbox_visitor' } }]);
	});

	it('of the account itself are dropped unless asked for', () => {
		expect(read('ownComment')).toEqual([]);
		expect(read('ownComment', { includeOwnComments: true })).toMatchObject([{ event: 'comment', isEcho: true }]);
		expect(read('ownComment', { includeEchoes: true })).toEqual([]);
	});
});

describe('what this node wants', () => {
	it('only events that were chosen', () => {
		expect(read('comment', { events: ['message'] })).toEqual([]);
		expect(read('text', { events: ['comment', 'postback'] })).toEqual([]);
	});

	it('only accounts that were chosen, out of a batch', () => {
		const ids = (accounts: string[]) => read('batch', { accounts }).map(({ eventId, accountId }) => [eventId, accountId]);
		expect(ids([BAKERY])).toEqual([['aWdfZb1', BAKERY], ['aWdfZb2', BAKERY], ['17900000000000015', BAKERY]]);
		expect(ids([BAKERY, FLORIST])).toEqual([['aWdfZb1', BAKERY], ['aWdfZb2', BAKERY], ['aWdfZb3', FLORIST], ['17900000000000015', BAKERY]]);
		expect(ids([])).toEqual([]);
	});
});

describe('what Meta may send beside that', () => {
	it('kinds that this version does not know cost nothing', () => {
		expect(read('unknownKinds')).toEqual([]);
	});

	it('odd pieces do not cost the good ones of their delivery', () => {
		const found = read('malformedAmongGood');
		expect(found.map(({ eventId }) => eventId)).toEqual(['aWdfZgood1', 'aWdfZgood2', 'aWdfZgood3', 'aWdfZgood4', '17900000000000016']);
		expect(found[0].message).toMatchObject({ text: 'gut', attachments: [] });
		expect(found[1].message).toMatchObject({ attachments: [{ type: 'image', url: null }] });
		expect(found[3].conversationWith).toBeNull();
		expect(found[4]).toMatchObject({ conversationWith: null, comment: { mediaId: null } });
	});

	it('IDs beyond 2^53 come out digit for digit', () => {
		const [{ accountId, conversationWith, raw: object }] = read('bigIds', { accounts: ['99999999999999999'] });
		expect([accountId, conversationWith]).toEqual(['99999999999999999', '90071992547409931234']);
		expect(object.sender).toEqual({ id: '90071992547409931234' });
	});

	it.each([
		['1763719530123', '2025-11-21T10:05:30.123Z'],
		['1763719530', '2025-11-21T10:05:30.000Z'],
		['"1763719530"', '2025-11-21T10:05:30.000Z'],
		['"1763719530123"', '2025-11-21T10:05:30.123Z'],
		['0', null],
		['"soon"', null],
		['-5', null],
		['1e20', null],
	])('the time %s becomes %s', (time, expected) => {
		const body = Buffer.from(fixture('text').toString('latin1').replace('"timestamp":1763719530123', `"timestamp":${time}`), 'latin1');
		expect(events(body)[0].timestamp).toBe(expected);
	});

	it('falls back to the time of the entry', () => {
		const body = Buffer.from(fixture('text').toString('latin1').replace('"timestamp":1763719530123,', ''), 'latin1');
		expect(events(body)[0].timestamp).toBe('2025-11-21T10:05:31.000Z');
	});
});
