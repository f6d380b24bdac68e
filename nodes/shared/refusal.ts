import { NodeOperationError, type INode } from 'n8n-workflow';

/** An error that says what is wrong and what to do: something that a person has to put right, not a fault of the node. */
export function problem(n8n: { getNode: () => INode }, message: string, description: string): NodeOperationError {
	return new NodeOperationError(n8n.getNode(), message, { description, level: 'warning' });
}
