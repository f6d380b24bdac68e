import { checkTemplate, invalidMessage, onlyKeys, readQuickReplies } from './templates.mts';

const MAX_TEXT_BYTES = 1_000;

const isShape = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const checkMessage = (message: unknown): void => {
	if (!isShape(message)) throw invalidMessage('Each step of the flow needs a message');
	onlyKeys('message', message, ['text', 'attachment', 'quick_replies']);
	const { text, attachment, quick_replies: replies } = message;
	if ((text === undefined) === (attachment === undefined))
		throw invalidMessage('A message has either a text or an attachment');
	if (text !== undefined && (typeof text !== 'string' || text.trim() === ''))
		throw invalidMessage('The message text is empty');
	if (Buffer.byteLength(String(text ?? '')) > MAX_TEXT_BYTES)
		throw invalidMessage(`The message text is longer than ${MAX_TEXT_BYTES} bytes`);
	if (isShape(attachment) && attachment.type === 'template')
		checkTemplate(isShape(attachment.payload) ? attachment.payload : {});
	if (replies !== undefined) readQuickReplies(replies);
};

/** Check the steps of a welcome message flow; throws 100/2534015. */
export function checkFlow(steps: unknown[]): void {
	if (steps.length === 0) throw invalidMessage('A welcome message flow has at least one step');
	for (const step of steps) checkMessage(isShape(step) ? step.message : undefined);
}
