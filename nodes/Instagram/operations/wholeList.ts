import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../meta/account';
import { listGraph } from '../../meta/graph';
import type { OperationCall, RunContext } from './define';

/** Reads a list edge to its end, for operations whose lists are short: they have no Return All and no Limit. */
export const wholeList = async ({ account, connection, itemIndex, n8n }: RunContext, call: OperationCall): Promise<IDataObject[]> =>
	await listGraph(n8n, connection, { ...call, as: call.as ?? inboxOf(account()), itemIndex });
