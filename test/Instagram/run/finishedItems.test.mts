import '../../support/quickTime.mts';
import type { IDataObject, IExecuteFunctions, INode, IRunExecutionData } from 'n8n-workflow';
import { FinishedItems } from '../../../nodes/Instagram/run/finishedItems.ts';
import { MetaError } from '../../../nodes/meta/errors/metaError.ts';
import { readExecution, storeExecution } from '../../../sandbox/n8n/storedExecution.mts';
import type { RunOptions } from '../../support/runNode.mts';
import { openInbox, type Inbox } from '../../support/stages/inbox.mts';

jest.setTimeout(60_000);

describe('what a run did counts', () => {
	let inbox: Inbox;
	beforeEach(async () => {
		inbox = await openInbox();
	});
	afterEach(async () => await inbox.close());

	/** Meta refuses one message, after so many others. */
	const refuse = async (skip: number) =>
		await inbox.control('POST', '/faults', {
			path: '/messages$',
			method: 'POST',
			skip,
			status: 400,
			error: { code: 10, error_subcode: 2534022 },
		});
	const texts = async () =>
		(await inbox.seen()).filter(({ from }) => from === 'account').map(({ text }) => String(text));
	/** Sends texts. @returns the execution as n8n stored it */
	const send = async (more: IDataObject, options: Partial<RunOptions>): Promise<string> => {
		const saves: string[] = [];
		await inbox.run(
			'message',
			'sendText',
			{ recipientId: inbox.person, text: '={{ $json.text }}', ...more },
			{ saves, ...options },
		);
		return saves.at(-1) ?? '';
	};
	const items = [{ text: 'a' }, { text: 'b' }];

	it('for that run only: the next round of a loop does its items, even if they are the same', async () => {
		await refuse(0);
		await send({}, { items, runs: 2, continueOnFail: true });
		expect(await texts()).toEqual(['b', 'a', 'b']);
	});

	it('for the same input only: a retry that brings other items does those', async () => {
		await refuse(1);
		const data = readExecution<IRunExecutionData>(await send({}, { items }));
		const [next] = data.executionData?.nodeExecutionStack ?? [];
		next.data.main = [[{ json: { text: 'x' } }, { json: { text: 'y' } }]];
		await send({}, { stored: storeExecution(data) });
		expect(await texts()).toEqual(['a', 'x', 'y']);
	});

	it('with other settings of the node, too, once an item is done', async () => {
		await refuse(1);
		const stored = await send({}, { items });
		await send({ text: '={{ $json.text }}!' }, { stored });
		expect(await texts()).toEqual(['a', 'b!']);
	});

	it('with the same settings only, where an item is done by half', async () => {
		const parts = (letters: string) => [...letters].map((letter) => letter.repeat(900));
		const long = (letters: string) => ({ text: parts(letters).join(' '), options: { splitLongText: true } });
		await refuse(1);
		const stored = await send(long('abc'), {});
		await send(long('def'), { stored });
		expect(await texts()).toEqual(['a', 'd', 'e', 'f'].flatMap(parts));
	});
});

describe('what nobody knows', () => {
	const node = { id: '1', name: 'Instagram', parameters: {} } as unknown as INode;
	/** A node that n8n tries several times in one execution; an agent may call it with another input each time. */
	const execution = () => {
		const contexts: Record<string, IDataObject> = { node: {}, flow: {} };
		const n8n = {
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
			getContext: (type: string) => contexts[type],
			getNode: () => node,
			getMode: () => 'trigger',
		};
		return () => new FinishedItems(n8n as unknown as IExecuteFunctions);
	};
	const unclear = () => Object.assign(new MetaError(node, { status: 0, cause: 'reset' }), { isUnclear: true });
	const [one, other] = [{ json: { text: 'a' } }, { json: { text: 'b' } }];

	it('is told again to each try of the same input, and to no other', () => {
		const nextTry = execution();
		const error = unclear();
		const first = nextTry();
		expect(first.recall(0, one)).toBeUndefined();
		first.rememberFailure(0, one, error);
		first.close(true);
		expect(() => nextTry().recall(0, one)).toThrow(error);
		expect(nextTry().recall(1, other)).toBeUndefined();
		expect(nextTry().recall(0, other)).toBeUndefined();
	});

	it('is not told to another execution: a person decided to run it', () => {
		const first = execution()();
		first.rememberFailure(0, one, unclear());
		first.close(true);
		expect(execution()().recall(0, one)).toBeUndefined();
	});
});
