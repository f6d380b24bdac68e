import { readWindow } from '../../../nodes/meta/messages/window.ts';

const account = { id: '178', username: 'bakery', name: '' };
const NOW = Date.parse('2026-11-21T12:00:00Z');
const HOUR = 3_600_000;

const at = (hoursAgo: number, from?: object) => ({
	created_time: new Date(NOW - hoursAgo * HOUR).toISOString().replace('.000Z', '+0000'),
	...(from ? { from } : {}),
});
const theirs = (hoursAgo: number) => at(hoursAgo, { id: '555', username: 'anna' });
const ours = (hoursAgo: number) => at(hoursAgo, { id: '178' });
const judge = (...messages: object[]) => {
	const { isOpen, isOpenForHumanAgent, closesAt, basedOn } = readWindow(messages as never, account, NOW);
	return [isOpen, isOpenForHumanAgent, closesAt, basedOn];
};

describe('the messaging window, from the newest messages', () => {
	it('closes a day after the last message of the person, to the second', () => {
		expect(judge(ours(1), theirs(23.99))).toEqual([
			true,
			true,
			new Date(NOW + 0.01 * HOUR).toISOString(),
			'lastMessageFromPerson',
		]);
		expect(judge(theirs(24))).toEqual([false, true, '2026-11-21T12:00:00.000Z', 'lastMessageFromPerson']);
	});

	it('closes for a human agent after seven days', () => {
		expect(judge(theirs(168 - 0.01))[1]).toBe(true);
		expect(judge(theirs(168))[1]).toBe(false);
	});

	it('counts from the newest message of the person, not of the account', () => {
		expect(judge(ours(0), theirs(2), theirs(30))[2]).toBe(new Date(NOW + 22 * HOUR).toISOString());
		expect(judge(at(1, { username: 'bakery' }), theirs(30))[0]).toBe(false);
	});

	it('is closed when nobody wrote, or there is no conversation', () => {
		expect(judge()).toEqual([false, false, null, 'noConversation']);
		expect(judge(ours(1), ours(200))).toEqual([false, false, null, 'noMessageFromPerson']);
	});

	it('stays open to question when all messages that can be read are the account’s own', () => {
		const twenty = (oldest: number) => [...Array.from({ length: 19 }, () => ours(0)), ours(oldest)];
		expect(judge(...twenty(3))).toEqual([null, null, null, 'noMessageFromPerson']);
		expect(judge(...twenty(25)).slice(0, 2)).toEqual([false, null]);
		expect(judge(...twenty(169)).slice(0, 2)).toEqual([false, false]);
	});
});
