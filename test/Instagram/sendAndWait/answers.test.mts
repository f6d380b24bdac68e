import { ANSWER_MAX_LENGTH } from '../../../nodes/Instagram/sendAndWait/pages.ts';
import { answerWaiting } from '../../support/answers.mts';

const request = async (...asked: Parameters<typeof answerWaiting>) => {
	const { items, ...answer } = await answerWaiting(...asked);
	return { ...answer, resumed: items?.map(({ json }) => json.data) };
};

const freeText = { parameters: { responseType: 'freeText' } };

describe('a request to a waiting execution', () => {
	it('resumes it with what the signed address says, whatever else is sent along', async () => {
		const answer = await request({ query: { approved: 'false', question: '0' }, body: { approved: 'true' } });
		expect(answer.resumed).toEqual([{ approved: false, respondedAt: expect.stringMatching(/^\d{4}-.*Z$/) }]);
		expect((await request({ query: { approved: ['true', 'true'] as never, question: '0' } })).resumed).toMatchObject([
			{ approved: false },
		]);
	});

	it('only shows a page when it comes by GET, and the page can do nothing but answer', async () => {
		for (const waiting of [{}, freeText]) {
			const { status, page, resumed, headers } = await request({ method: 'GET' }, waiting);
			expect({ status, resumed }).toEqual({ status: 200, resumed: undefined });
			expect(page).toContain('<form method="post">');
			expect(page).not.toMatch(/<script|src=|href=|action=/);
			expect(headers).toMatchObject({
				'Content-Security-Policy': expect.stringContaining("sandbox allow-forms; default-src 'none'"),
				'Referrer-Policy': 'no-referrer',
				'Cache-Control': 'no-store',
			});
		}
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['an empty text', { response: ' \n ' }],
		['a list', { response: ['a', 'b'] }],
		['an object', { response: { a: 1 } }],
		['too long a text', { response: 'x'.repeat(ANSWER_MAX_LENGTH + 1) }],
	])('asks again when the form brings %s', async (_name, body) => {
		expect(await request({ body }, freeText)).toMatchObject({
			status: 400,
			resumed: undefined,
			page: expect.stringContaining('<textarea'),
		});
	});

	it('takes the text of the form', async () => {
		expect((await request({ body: { response: ' Grüße 🎂 ' } }, freeText)).resumed).toMatchObject([
			{ text: 'Grüße 🎂' },
		]);
	});

	it.each([
		[0, '0', true],
		[2, '2', true],
		[2, '1', false],
		[2, '0', false],
		[0, '', false],
		[0, undefined, false],
	])('after %i rounds, the link of question %p counts: %p', async (earlierRuns, question, counts) => {
		for (const method of ['GET', 'POST'] as const) {
			const answer = await request({ method, query: { approved: 'true', question } }, { earlierRuns });
			expect(answer.status).toBe(counts ? 200 : 410);
			expect(answer.resumed !== undefined).toBe(counts && method === 'POST');
		}
	});

	it.each(['{{ Ask }}', '}}', '${x}', "it's", '\\', '[0]', '"] + 1 + ["', '</script>', '\u2028', 'Спросить 🎂'])(
		'counts its rounds in a node called %p',
		async (name) => {
			const query = { approved: 'true', question: '1' };
			expect((await request({ query }, { earlierRuns: 1, name })).status).toBe(200);
			expect((await request({ query }, { earlierRuns: 2, name })).status).toBe(410);
		},
	);

	it.each([
		['call_1', 'call_1', true],
		['call_1', 'call_2', false],
		['undefined', undefined, false],
	])('a link for the tool call %s counts while %s is reviewed: %p', async (question, toolCallId, counts) => {
		const answer = await request(
			{ query: { approved: 'true', question } },
			{ type: 'n8n-nodes-instagram-platform.instagramHitlTool', json: { toolCallId } },
		);
		expect(answer.resumed !== undefined).toBe(counts);
	});
});
