import type { IDataObject } from 'n8n-workflow';
import { runNode, type RunOptions } from './runNode.mts';
import { settledLogin } from './logins.mts';

/** Parameters of one operation, as the editor leaves them when nothing else is filled in. */
export const operationOf = (resource: string, operation: string, more: IDataObject = {}): IDataObject => ({
	authentication: 'instagramFacebookLoginOAuth2Api',
	resource,
	operation,
	account: { __rl: true, mode: 'list', value: '' },
	...more,
});

/** Runs one operation with a login that needs no exchange. */
export const run = async (
	resource: string,
	operation: string,
	more: IDataObject = {},
	options: Partial<RunOptions> = {},
) => await runNode({ parameters: operationOf(resource, operation, more), credentials: settledLogin(), ...options });

export const jsons = (items: Array<{ json: IDataObject }>): IDataObject[] => items.map(({ json }) => json);
