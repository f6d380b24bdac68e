import { judge, type TriggerSettings, type Verdict } from '../../../nodes/InstagramTrigger/delivery/judge.ts';
import {
	altered,
	BAKERY,
	eventsOf,
	FLORIST,
	judged as judgedOpenly,
	PERSON,
	SECRET,
	sign,
} from '../../support/events.mts';
import { fixture } from '../../support/fixtures.mts';

const settings: TriggerSettings = {
	events: ['message', 'postback', 'comment'],
	accounts: [BAKERY],
	includeEchoes: false,
	includeOwnComments: false,
	includeTestPayloads: false,
};
const judged = (body: Buffer, more: Partial<TriggerSettings> = {}): Verdict =>
	judgedOpenly(body, { ...settings, ...more });
const events = (body: Buffer, more: Partial<TriggerSettings> = {}) => eventsOf(body, { ...settings, ...more });
const read = (name: string, more: Partial<TriggerSettings> = {}) => events(fixture(name), more);

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

	it.each([
		'',
		'no json',
		'{"object":"instagram"',
		'null',
		'3',
		'[]',
		'"instagram"',
		'{}',
		'{"object":"page","entry":[]}',
		'{"object":"instagram"}',
		'{"object":"instagram","entry":{}}',
	])('refuses a signed body that is no Instagram delivery with 400: %s', (text) => {
		expect(judged(Buffer.from(text))).toEqual({ status: 400, reason: 'not an Instagram delivery' });
	});

	it('takes an empty delivery', () => {
		expect(judged(Buffer.from('{"object":"instagram","entry":[]}'))).toEqual({
			status: 200,
			events: [],
			hasForeign: false,
		});
	});
});

describe('echoes', () => {
	it('are dropped, or told with the person they went to; one option is enough for that', () => {
		expect(read('echo')).toEqual([]);
		expect(read('echo', { includeEchoes: true })).toMatchObject([
			{ event: 'echo', conversationWith: PERSON, isEcho: true },
		]);
		expect(read('text', { events: [], includeEchoes: true })).toEqual([]);
	});

	it('of comments are another matter', () => {
		expect(read('ownComment')).toEqual([]);
		expect(read('ownComment', { includeEchoes: true })).toEqual([]);
		expect(read('ownComment', { includeOwnComments: true })).toMatchObject([{ event: 'comment', isEcho: true }]);
	});
});

describe('what this node wants', () => {
	it('only events that were chosen', () => {
		expect(read('comment', { events: ['message'] })).toEqual([]);
		expect(read('text', { events: ['comment', 'postback'] })).toEqual([]);
	});

	it('only accounts that were chosen, out of a batch', () => {
		const ids = (accounts: string[]) =>
			read('batch', { accounts }).map(({ eventId, accountId }) => [eventId, accountId]);
		expect(ids([BAKERY])).toEqual([
			['aWdfZb1', BAKERY],
			['aWdfZb2', BAKERY],
			['17900000000000015', BAKERY],
		]);
		expect(ids([BAKERY, FLORIST])).toEqual([
			['aWdfZb1', BAKERY],
			['aWdfZb2', BAKERY],
			['aWdfZb3', FLORIST],
			['17900000000000015', BAKERY],
		]);
		expect(ids([])).toEqual([]);
	});

	it('says whether others are in the batch', () => {
		const all = [BAKERY, FLORIST, '17841400000000009'];
		expect(judged(fixture('batch'), { accounts: [BAKERY, FLORIST] })).toMatchObject({ hasForeign: true });
		expect(judged(fixture('batch'), { accounts: all, events: [] })).toEqual({
			status: 200,
			events: [],
			hasForeign: false,
			whole: [`${BAKERY}:aWdfZb1`, `${BAKERY}:aWdfZb2`, `${FLORIST}:aWdfZb3`, expect.any(String)],
		});
	});

	it('an account that stands beside the person only, with the Page in the entry', () => {
		expect(read('pageInEntry')).toMatchObject([{ accountId: BAKERY, conversationWith: PERSON }]);
		expect(judged(fixture('pageInEntry'), { accounts: [FLORIST] })).toEqual({
			status: 200,
			events: [],
			hasForeign: true,
		});
		const ofAnother = altered('pageInEntry', '"id":"104000000000001"', '"id":"17841499999999999"');
		expect(judged(ofAnother)).toEqual({ status: 200, events: [], hasForeign: true });
	});
});

describe('texts that match', () => {
	const matches = (text: string) => text === 'schön!';

	it.each([
		['storyReply', 1],
		['text', 0],
		['attachments', 0],
		['comment', 0],
	])('are the only ones that pass: %s', (name, count) => {
		expect(read(name, { matches })).toHaveLength(count);
	});

	it('are asked of messages, edits, comments, echoes and what stands by', () => {
		const texts: string[] = [];
		const all = {
			events: ['message', 'messageEdit', 'comment', 'liveComment', 'standby'],
			includeEchoes: true,
			matches: (text: string) => texts.push(text) > 0,
		};
		const names = ['text', 'messageEdit', 'comment', 'liveComment', 'echo', 'standby', 'quickReply'];
		for (const name of names) expect(read(name, all)).toHaveLength(1);
		expect(texts).toEqual([
			'Grüße, versendet ihr nach Åland? 👋',
			'Doch lieber zwei Brote',
			'Schön 👏',
			'Live! 👏',
			'Danke für die Nachricht',
			'Ist da jemand?',
			'Ja',
		]);
	});

	it.each(['postback', 'reaction', 'seen', 'deleted', 'storyMention', 'standbyPostback', 'mention', 'referral'])(
		'are not asked of events without one: %s',
		(name) => {
			const everything = [
				'postback',
				'reaction',
				'seen',
				'messageDeleted',
				'storyMention',
				'standby',
				'mention',
				'referral',
			];
			expect(read(name, { events: everything, matches: () => false })).toHaveLength(1);
		},
	);

	it('are not looked at in what is not wanted anyway', () => {
		const matches = () => {
			throw new Error('it was looked at');
		};
		for (const name of ['echo', 'ownComment', 'messageEdit', 'testMessages'])
			expect(read(name, { matches })).toEqual([]);
		expect(read('text', { matches, accounts: [FLORIST] })).toEqual([]);
	});
});

describe('what Meta may send beside that', () => {
	it('kinds that this version does not know cost nothing', () => {
		expect(read('unknownKinds')).toEqual([]);
	});

	it('odd pieces do not cost the good ones of their delivery', () => {
		const found = read('malformedAmongGood');
		expect(found.map(({ eventId }) => eventId)).toEqual([
			'aWdfZgood1',
			'aWdfZgood2',
			'aWdfZgood3',
			'aWdfZgood4',
			'17900000000000016',
		]);
		expect(found[0].message).toMatchObject({ text: 'gut', attachments: [] });
		expect(found[1].message).toMatchObject({ attachments: [{ type: 'image', url: null, payload: null }] });
		expect(found[3].conversationWith).toBeNull();
		expect(found[4]).toMatchObject({ conversationWith: null, comment: { mediaId: null } });
	});

	it('IDs beyond 2^53 come out digit for digit', () => {
		const [{ accountId, conversationWith, raw: object }] = read('bigIds', { accounts: ['99999999999999999'] });
		expect([accountId, conversationWith]).toEqual(['99999999999999999', '90071992547409931234']);
		expect(object.sender).toEqual({ id: '90071992547409931234' });
	});

	it('IDs beyond 2^53 keep their digits even as numbers', () => {
		const [{ accountId, conversationWith, message }] = read('numericIds', { accounts: ['90071992547409939'] });
		expect([accountId, conversationWith]).toEqual(['90071992547409939', '90071992547409931234']);
		expect(message).toMatchObject({ text: '12, 90071992547409931234' });
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
		['[1763719530]', '2025-11-21T10:05:31.000Z'],
		['{"valueOf":1,"toString":2}', '2025-11-21T10:05:31.000Z'],
	])('the time %s becomes %s', (time, expected) => {
		expect(events(altered('text', '"timestamp":1763719530123', `"timestamp":${time}`))[0].timestamp).toBe(expected);
	});

	it('falls back to the time of the entry', () => {
		expect(events(altered('text', '"timestamp":1763719530123,', ''))[0].timestamp).toBe('2025-11-21T10:05:31.000Z');
	});
});
