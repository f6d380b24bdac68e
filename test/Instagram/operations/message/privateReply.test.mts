import { graphError, guardNetwork, listenAt, type Answer } from '../../../support/graph.mts';
import { GRAPH } from '../../../support/logins.mts';
import { jsons, run } from '../../../support/parameters.mts';
import { provenBody } from '../../../support/proofs.mts';

guardNetwork();

const SENT = { body: { recipient_id: '777', message_id: 'aWdfZ1' } };
const refusal = (code: number, subcode?: number, status = 400): Answer => ({ status, body: graphError(code, subcode) });
const REPLIES = {
	quickReplies: { text: 'Which?', quickReplies: { reply: [{ title: 'Rye' }] } },
	buttons: { templateText: 'Which?', buttons: { button: [{ type: 'postback', title: 'Rye' }] } },
	text: { text: 'Which?' },
};
type ReplyType = keyof typeof REPLIES;
const TYPES = ['quickReplies', 'buttons'] as const;

/** Replies to a comment; Meta gives these answers one after the other. */
async function reply(replyType: ReplyType, answers: Answer[], more: object = {}) {
	const calls = listenAt(GRAPH, (_request, count) => answers[count - 1]);
	const parameters = { commentId: '17', replyType, ...REPLIES[replyType], ...more };
	const { items, error, hints } = await run('message', 'replyPrivately', parameters);
	const sent = calls.map((call) => provenBody(call).content as { recipient: object; message: object });
	return { json: jsons(items)[0], error, hints: hints.map(({ message }) => message), sent };
}

describe('a private reply whose buttons Meta refuses', () => {
	it.each(TYPES.flatMap((type) => [undefined, 2534015].map((subcode) => [type, subcode] as const)))(
		'goes out as text, and says so: %s, 100/%s',
		async (type, subcode) => {
			const { json, error, hints, sent } = await reply(type, [refusal(100, subcode), SENT]);
			expect(error).toBeUndefined();
			expect(sent).toMatchObject([
				{ recipient: { comment_id: '17' } },
				{ recipient: { comment_id: '17' }, message: { text: 'Which?' } },
			]);
			expect(Object.keys(sent[1].message)).toEqual(['text']);
			expect(json).toEqual({ messageId: 'aWdfZ1', recipientId: '777', commentId: '17', sentAs: 'text' });
			expect(hints).toEqual([
				expect.stringMatching(/^Meta refused the buttons of a private reply, so its text went out alone: /),
			]);
		},
	);

	it.each(TYPES)('tells the first refusal when the text is refused, too: %s', async (type) => {
		const { error, hints, sent } = await reply(type, [refusal(100, 2534015), refusal(100, 2534025)]);
		expect([sent.length, hints]).toEqual([2, []]);
		expect(error?.message).toBe('Meta refused the content of the message');
	});

	it.each<[string, Answer]>([
		['the comment is at fault', refusal(100, 2534025)],
		['a permission is missing', refusal(10)],
		['the login is over', refusal(190)],
		['it is open whether it went out', refusal(100, undefined, 500)],
		['the answer got lost', 'reset'],
	])('is not sent again when %s', async (_why, answer) => {
		const { error, sent } = await reply('buttons', [answer]);
		expect([sent.length, error === undefined]).toEqual([1, false]);
	});

	it('is not sent again as a text that Meta would not take', async () => {
		const { sent } = await reply('buttons', [refusal(100)], { templateText: '🥐'.repeat(300) });
		expect(sent).toHaveLength(1);
	});
});

it('a private reply of text alone is sent once and has no other way to go', async () => {
	const { error, sent } = await reply('text', [refusal(100)]);
	expect([sent.length, error === undefined]).toEqual([1, false]);
});
