import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/**
 * For what n8n shows only the message of: an error that ends an activation, or one in a picker. What to do then stands
 * in the message itself.
 * @throws NodeOperationError with message and description of what `run` threw in one
 */
export async function inOneMessage<T>(n8n: { getNode: () => INode }, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		const { message, description } = error as NodeOperationError;
		throw new NodeOperationError(n8n.getNode(), description ? `${message}. ${description}` : message, {
			level: 'warning',
		});
	}
}
