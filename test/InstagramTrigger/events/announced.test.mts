import type { IDataObject } from 'n8n-workflow';
import { altered, eventsOf, read, whole } from '../../support/events.mts';

const plain = {
	text: '',
	attachments: [],
	quickReply: null,
	replyTo: null,
	referral: null,
	appId: null,
	isDeleted: false,
	isSelf: false,
	isUnsupported: false,
	contentProblem: null,
};

describe('an edit that counts no change', () => {
	const contentProblem = expect.stringMatching(/^Meta announced the message by its ID only\./);
	const unread = (id: string | null) => ({ ...plain, id, text: null, contentProblem });

	it.each<[string, string, IDataObject]>([
		['announced', 'aWdfZannounced', {}],
		['announcedText', 'aWdfZannouncedText', {}],
		['announcedWithoutParties', 'aWdfZannouncedAlone', { conversationWith: null }],
		['announcedInChanges', 'aWdfZannouncedChange', { conversationWith: null }],
	])('is a message whose content is not known: %s', (name, id, more) => {
		expect(read(name)).toEqual([whole(name, 'message', { eventId: id, message: unread(id), ...more })]);
		expect(read(name, { events: ['messageEdit'], includeEchoes: false })).toEqual([]);
	});

	it('without an ID is told apart by all that it says', () => {
		expect(read('announcedWithoutId')).toEqual([
			whole('announcedWithoutId', 'message', {
				eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
				message: unread(null),
			}),
		]);
	});

	it('is an echo when the account itself wrote the message', () => {
		expect(read('announcedEcho')).toEqual([
			whole('announcedEcho', 'echo', {
				eventId: 'aWdfZannouncedEcho',
				isEcho: true,
				message: unread('aWdfZannouncedEcho'),
			}),
		]);
		expect(read('announcedEcho', { includeEchoes: false })).toEqual([]);
	});

	it.each([1, '2', null, '', 'x', [], {}, true, false, -1])('is one of its own with any other count: %j', (count) => {
		const body = altered('announced', '"num_edit":0', `"num_edit":${JSON.stringify(count)}`);
		expect(eventsOf(body)).toMatchObject([{ event: 'messageEdit', messageEdit: { text: null } }]);
	});
});
