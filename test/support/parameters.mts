import type { IDataObject } from 'n8n-workflow';
import { runNode, type RunOptions } from './runNode.mts';
import { settledLogin } from './logins.mts';

/** Parameters of one operation, as the editor leaves them when nothing else is filled in. */
export function operationOf(resource: string, operation: string, more: IDataObject = {}): IDataObject {
	return {
		authentication: 'instagramFacebookLoginOAuth2Api',
		resource,
		operation,
		account: { __rl: true, mode: 'list', value: '' },
		...more,
	};
}

/** Runs one operation with a login that needs no exchange. */
export async function run(
	resource: string,
	operation: string,
	more: IDataObject = {},
	options: Partial<RunOptions> = {},
) {
	return await runNode({ parameters: operationOf(resource, operation, more), credentials: settledLogin(), ...options });
}

export function jsons(items: Array<{ json: IDataObject }>): IDataObject[] {
	return items.map(({ json }) => json);
}
